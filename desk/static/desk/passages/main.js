/** The article desk: reading, marking, claims. Every rule is checked by the server; these scripts serve the keyboard. */
import { Desk } from "./desk.js";
import { byId, readJson } from "../http/elements.js";
import { wire } from "./bindings.js";

wire(new Desk(byId("mark-desk"), readJson("mark-settings"), readJson("mark-state")));
