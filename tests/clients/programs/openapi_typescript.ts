// The life of a claim with the types that openapi-typescript made: run by tests/clients/test_clients.py.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

declare const process: { env: Record<string, string> };

const baseUrl = process.env.SITE;
const client = (token: string) => createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
const reader = createClient<paths>({ baseUrl });
const checker = client(process.env.TOKEN);
const editor = client(process.env.EDITOR_TOKEN);

function ok<T>(answer: { data?: T; error?: unknown }): T {
    if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
    return answer.data;
}

const desk = "/api/v1/desk/claims/{claim_id}/";

async function at(claim_id: string, by = checker) {
    const { response } = await by.GET(desk, { params: { path: { claim_id } } });
    return { path: { claim_id }, header: { "If-Match": response.headers.get("ETag") ?? "" } };
}

type Transition = "start" | "submit" | "approve" | "publish" | "retract";

async function step(claim: string, transition: Transition, by = checker, comment?: string) {
    const { path, header } = await at(claim, by);
    const params = { path: { ...path, transition }, header };
    ok(await by.POST(`${desk}actions/{transition}/`, { params, body: comment ? { comment } : {} }));
}

const page = ok(await reader.GET("/api/v1/claims/", { params: { query: { page_size: 10 } } }));
const sources = page.results.flatMap((record) => record.evidence.map((piece) => piece.source));
const keptBack = sources.flatMap((source) => ("confidential" in source ? [source.description] : []));

const article = ok(await checker.POST("/api/v1/desk/articles/", {
    body: { title: "The ferry", body: "The old ferry made 20 trips a day.", language: "en" },
}));
const source = ok(await checker.POST("/api/v1/desk/sources/", {
    body: { title: "Timetable", kind: "document", is_primary: true },
}));
const made = ok(await checker.POST("/api/v1/desk/claims/", {
    body: {
        text: "The ferry made 20 trips a day",
        language: "en",
        is_unattributed: true,
        claimed_on: "2026-02-27",
        single_source_reason: "There is one timetable.",
        why_chosen: "It is about the ferry.",
    },
}));
const claim = made.id;
ok(await checker.POST(`${desk}appearances/`, {
    params: await at(claim),
    body: { article: article.id, exact: "ferry made 20 trips a day" },
}));
ok(await checker.POST(`${desk}evidence/`, {
    params: await at(claim),
    body: { stance: "supports", source: source.id, locator: "page 1" },
}));
await step(claim, "start");
ok(await checker.PUT(`${desk}verdict/`, {
    params: await at(claim),
    body: { rating: "true", summary: "The timetable says so.", explanation_html: "<p>See page 1.</p>" },
}));
await step(claim, "submit");
await step(claim, "approve", editor, "Compared with the timetable.");
await step(claim, "publish", editor);

async function record() {
    const found = ok(await reader.GET("/api/v1/claims/{claim_id}/", { params: { path: { claim_id: claim } } }));
    if (!("kind" in found)) throw new Error("without Accept: application/ld+json the answer is a record");
    return found;
}

const published = await record();
const answer = ok(await reader.POST("/api/v1/claims/match/", {
    body: { text: "FORWARDED!! the ferry made 20 trips a day" },
}));
if (!("same" in answer)) throw new Error("one question has one answer");
await step(claim, "retract", editor, "The timetable was a draft.");
const retracted = await record();
const changes = ok(await reader.GET("/api/v1/changes/", { params: { query: { page_size: 100 } } }));
console.log(JSON.stringify({
    same: answer.same.map((one) => [one.claim.id === claim, one.score > 0]),
    followed: changes.results.filter((record) => record.claim.id === claim).map((record) => record.kind),
    kept_back: keptBack,
    named: sources.length - keptBack.length,
    published: [published.kind, published.verdict?.rating.key],
    retracted: [retracted.kind, retracted.retraction?.note, retracted.verdict],
}));
