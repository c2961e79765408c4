// Types for `make lint` alone: the JSON that the desk's Python sends to its scripts, and what the scripts give each other.
// Nothing here reaches a browser. Each type names the Python function that writes the JSON.

/** A stretch of text. Positions are code points where the server is concerned, UTF-16 units inside the text pane. */
interface Stretch { start: number; end: number }
interface Quote extends Stretch { text: string }
type Child = Node | string | number | false | null | undefined;
type Tone = "quiet" | "good" | "bad" | "warn";
type Direction = 1 | -1;
type FieldValues = Record<string, string | boolean>;
type ErrorsByField = Record<string, string[]>;

declare namespace Server {
    /** desk.passages.pages._settings */
    interface Settings {
        article: string; user: string; text: number; length: number; language: string; published_on: string; publisher: string; base: string;
        may_edit: boolean; suggestions: string; similar: string; claims: string;
    }
    /** desk.claim_page.unsaved.context */
    interface Unsaved {
        address: string; page: string; claim: string; version: number; user: number; username: string; writer: string; replaces: string;
        typed: string[]; sign_in: string; by_password: boolean;
    }
    /** desk.http.unsaved_pages.context */
    interface UnsavedPage {
        address: string; page: string; writer: string; replaces: string; is_again: boolean;
        user: number; username: string; sign_in: string; by_password: boolean;
    }
    /** desk.http.unsaved_pages.UnsavedPageEndpoint.get */
    interface KeptPage { writer: string; saved_at: string; version: string; fields: { [name: string]: string[] } }
    /** desk.verification.review_json.script_data */
    interface Review { claim: string; ticks: string; comments: string; texts: { [name: string]: string } }
    /** desk.passages.responses.state */
    interface State { tag: string; text: number; newest_text: number; claims: Claim[] }
    interface Passage extends Stretch { id: number; text: number; exact: string; locator: string; state: string }
    /** desk.passages.forms.claim_values */
    interface ClaimValues extends FieldValues {
        text: string; claimant: string; claimed_on: string; topics: string; why_chosen: string; is_unattributed: boolean;
    }
    interface Step {
        key: string; label: string; help: string; tone: string; page: string; is_ready: boolean; needs_confirmation: boolean;
        refusals: string[];
    }
    interface MissingItem { text: string; field: string; page: string }
    interface Reply {
        id: number; asked: string; asked_on: string; means: string; means_label: string; answer: string; answered_on: string;
    }
    /** desk.passages.responses.line; from `may_edit` on: desk.passages.responses.full */
    interface Claim {
        id: string; version: number; page: string; assignee: string; by: string; is_editable: boolean;
        stage: { key: string; label: string; tone: string };
        rating: { label: string; tone: string; sign: string };
        fields: ClaimValues; passages: Passage[];
        may_edit: boolean; may_take_back: boolean; closed: string; missing: MissingItem[]; is_complete: boolean; steps: Step[];
        replies: Reply[]; evidence: Evidence[]; evidence_at: string;
    }
    /** desk.evidence.responses */
    interface Source {
        id: string; title: string; publisher: string; url: string; kind_label: string; is_primary: boolean;
        is_confidential: boolean; published_on: string; page: string;
    }
    interface FoundSource extends Source { claims?: number; capture: Capture | null }
    interface Capture {
        id: number; at: string; archive_url: string; fetched_from: string; sha256: string;
        file: { name: string; size: number; kind: string; address: string } | null;
    }
    /** Besides, each field of `articles.evidence_fields` as a text, by its name. */
    interface Evidence {
        [field: string]: any;
        id: number; stance: string; stance_label: string; quote: string; locator: string; note: string; source: Source;
        labelled: { label: string; value: string }[]; capture: Capture | null;
    }
    interface Claimant { id: string; label: string; name: string }
    /** desk.passages.endpoints.ClaimantsEndpoint; `kind` is suggested for a new name */
    interface Claimants { claimants: Claimant[]; kind: string }
    /** desk.matching._row */
    interface Candidate {
        id: string; version: number; is_open: boolean; text: string; language: string; direction: string; stage_label: string;
        stage_tone: string; rating_tone: string; rating_sign: string; checked_on: string | null; claimant: string; url: string;
        public_url: string | null; repeat_url: string | null; passage_url: string; common: string[]; why: string; verdict: string;
        group: "same" | "related"; confidence: number;
    }
    /** desk.suggestions.responses.listing */
    interface Suggestion extends Stretch {
        key: string; exact: string; paragraph: number; reasons: { kind: string; text: string; found: string }[];
        speaker: { name: string; role: string; kind: string } | null; claimed_on: string | null;
        /** Set in the browser: why somebody else's decision took it off the list. */
        gone?: string;
    }
    interface Disagreement { kind: string; text: string; passages: (Stretch & { exact: string })[] }
    interface Listing {
        article: { id: string; title: string; language: string };
        version: { number: number; sha256: string };
        suggestions: Suggestion[]; others: Suggestion[];
        marked: (Suggestion & { claim: { id: string; text: string } })[];
        dismissed: (Suggestion & { dismissed_by: string; dismissed_at: string })[];
        disagreements: Disagreement[]; left_out: number; has_rules: boolean;
    }
    /** desk.collaboration.responses.state */
    interface Collaboration extends Comments {
        claim: string; version: number; page: string; assignee: number | ""; assignee_name: string; due_on: string;
        is_late: boolean; may_edit: boolean; may_assign: boolean; may_take: boolean; may_invite: boolean;
        colleagues: { id: number; name: string; call: string }[]; kinds: { value: string; label: string }[];
        waits: Dependency[]; links: number; notes: number;
    }
    /** Also desk.collaboration.responses.article_state */
    interface Comments { comments: Comment[]; labels: Record<string, string>; mentions: string }
    interface Comment {
        id: number; parent: number | null; by: string; at: string; text: string; was_edited: boolean; was_removed: boolean;
        resolved_by: string; resolved_at: string; to: string[]; is_for_you: boolean; is_open: boolean; may_reword: boolean;
        may_remove: boolean;
    }
    interface Dependency { id: number | null; label: string; exactly: string; since: string; until: string; is_late: boolean }
}

declare namespace Panels {
    /** How a passage becomes a claim: see claim_entry.js. */
    interface EntryOptions {
        values?: FieldValues; because?: string; back?: ((isSaved: boolean) => boolean | void) | null;
    }
    /** What the form is open for. */
    interface NewSubject { kind: "new"; id: string; passage: Quote; seen: string[] }
    interface EditSubject { kind: "edit"; id: string; version: number }
    type Subject = NewSubject | EditSubject;
    interface Answer { status: number; data: any; tag: string | null; here?: string }
    interface RequestOptions { method?: string; body?: object; tag?: string; signal?: AbortSignal; patience?: number; keepalive?: boolean }
    interface Events {
        selection: [passage: Quote | null]; passage: [passage: Quote | null]; statement: [statement: string | null];
        claim: [claim: Server.Claim | null]; saved: [claim: Server.Claim | null]; refused: [entry: OutboxEntry];
        state: [state: Server.State]; opening: [id: string];
    }
    type On = <E extends keyof Events>(event: E, listener: (...details: Events[E]) => void) => void;
    interface Desk {
        settings: Server.Settings;
        keymap: import("./static/desk/http/keymap.js").Keymap;
        tabs: import("./static/desk/http/tabs.js").Tabs;
        ask(address: string, request?: RequestOptions): Promise<Answer>;
        announce(message: string, tone?: Tone): void;
        selection(): Quote | null;
        claim(): Server.Claim | null;
        claims(): Server.Claim[];
        form: {
            values(): FieldValues; set(values: FieldValues, because?: string): void; isOpen(): boolean;
            subject(): Subject | null; close(): void; focus(): void;
        };
        select(passage: Stretch): void;
        textAt(passage: Stretch): string;
        flag(flags: (Stretch & { title: string })[]): void;
        mark(passage: Stretch, options: EntryOptions): void;
        enter(passage: Stretch, options: EntryOptions): boolean;
        takeBack(): Promise<void>;
        emitSaved(claim: Server.Claim | null): void;
        undo(action: { address: string }): void;
        open(id: string): void;
        /** Done when the claim that was asked for last is there, or could not be read. */
        opened(): Promise<unknown>;
        refresh(): Promise<void>;
        show(claim: Server.Claim): void;
        on: On;
    }
    interface Panel {
        key: string; title: string; place: "passage" | "claim" | "article" | "tab"; shortcut?: string;
        mount(element: HTMLElement, desk: Desk): void;
    }
    interface Key {
        keys: string[]; label: string; group: string; where: string[]; run(event: KeyboardEvent): void | boolean;
    }
}

/** A claim that was not sent yet, as the browser keeps it. */
interface OutboxEntry { id: string; address: string; body: OutboxBody; end: number }
interface OutboxBody extends Record<string, any> {
    text: string; exact: string; start: number; article_text: string; seen: string[];
}
interface Draft { id: string; end: number; touched: string[]; body: OutboxBody }

interface Window { factcheckSites?: Set<string> }

declare namespace Lists {
    /** desk.claims.list_words.settings */
    interface Settings {
        addresses: Record<string, string>; quick: string; query: Record<string, string>; may_edit: boolean; words: Record<string, string>;
    }
    /** desk.claims.list_endpoints.FiltersEndpoint */
    interface Filter { key: string; label: string; is_typed: boolean; value: string; options: [string, string][] }
    /** desk.claims.list_endpoints.QuickLook */
    interface Look {
        id: string; page: string; statement: string; language: string; summary: string; facts: [string, string][];
        stage: { label: string; tone: string }; rating: { label: string; tone: string; sign: string };
        evidence: { title: string; stance: string; label: string }[]; missing: string[]; steps: { label: string; page: string }[];
    }
    /** desk.claims.bulk_endpoints._answer */
    interface Bulk {
        done: { id: string; statement: string; changes: [string, string, string][]; loses_approval: boolean }[];
        refused: { id: string; statement: string; why: string }[]; unchanged: number;
    }
    /** desk.palette.endpoint */
    interface Entry { kind: string; title: string; detail: string; address: string; sign: string }
}

/** desk.http.texts: what a text is in the language of the page, and which of its forms goes with a number. */
declare var deskTexts: { catalog: Record<string, string | string[]>; plural(count: number): number } | undefined;
/** The editor's library, which brings no types of its own. */
declare module "django-prose-editor/editor" {
    interface Config {
        [name: string]: any;
        renderHTML?(this: any, given: any): any;
        renderText?(this: any, given: any): any;
    }
    export const Extension: { create(config: Config & ThisType<any>): any };
    export const Node: { create(config: Config & ThisType<any>): any };
    export const Link: { extend(config: Config & ThisType<any>): any };
    export const Table: { extend(config: Config & ThisType<any>): any };
    export const Plugin: new (spec: any) => any;
    export function mergeAttributes(...given: any[]): any;
}
