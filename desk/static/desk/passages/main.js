/** The article desk: reading, marking, claims. The server keeps every rule; this keeps the hands on the keyboard. */
import { Desk } from "./desk.js";
import { wire } from "./bindings.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
wire(new Desk(document.getElementById("mark-desk"), read("mark-settings"), read("mark-state")));
