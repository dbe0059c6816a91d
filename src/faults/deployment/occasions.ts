import { entryOf, stringOf, stringsOf, valueAt, type DataNode } from "../../documents/data.ts";
import type { ExpressionValue, Lookup, Reference } from "../../documents/expression.ts";
import { known } from "../../documents/known.ts";
import { onceForTexts } from "../../memo.ts";
import type { Workflow } from "../../documents/workflow.ts";

/** An event that runs a workflow on what the default branch holds. */
export interface Occasion {
  /** As messages name it: "on a push to `main`". */
  readonly text: string;
  readonly event: "push" | "schedule";
  readonly branch: string;
}

/** Names that default branches have, and the usual one of a branch that is deployed. */
const BRANCHES = ["main", "master", "production"];
const DEFAULT_BRANCHES = ["main", "master"];
/** The keys of both events' payloads. https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const PAYLOAD = new Set(
  `after base_ref before commits compare created deleted enterprise forced head_commit installation organization pusher ref
  repository schedule sender workflow`.split(/\s+/),
);

/** The events that run a workflow on the default branch, for certain. */
export function occasionsOf({ node, triggers }: Workflow): readonly Occasion[] {
  const on = entryOf(node, "on")?.value;
  const schedule = triggers.includes("schedule")
    ? DEFAULT_BRANCHES.map((branch) => ({ text: "on its schedule", event: "schedule", branch }) as const)
    : [];
  return [...(triggers.includes("push") ? pushesOf(valueAt(on, "push")) : []), ...schedule];
}

function pushesOf(push: DataNode | undefined): readonly Occasion[] {
  const filter = (key: string): readonly string[] | undefined => {
    const node = entryOf(push, key)?.value;
    const single = stringOf(node);
    return node && (single === undefined ? stringsOf(node) : [single]);
  };
  const [only, except] = [filter("branches"), filter("branches-ignore")];
  const isForTags = (filter("tags") ?? filter("tags-ignore")) !== undefined;
  if (!only && !except) return isForTags ? [] : DEFAULT_BRANCHES.map((branch) => pushTo(branch, false));
  return (only ? BRANCHES : DEFAULT_BRANCHES).flatMap((branch) => {
    const isIncluded = only ? matches(branch, only) : matches(branch, except ?? []) === false;
    return isIncluded === true ? [pushTo(branch, only?.includes(branch) ?? false)] : [];
  });
}

function pushTo(branch: string, isNamed: boolean): Occasion {
  return { text: `on a push to ${isNamed ? `\`${branch}\`` : "the default branch"}`, event: "push", branch };
}

/**
 * Whether a branch is in a filter, of which the last pattern that matches decides; undefined where a pattern is more than
 * names and asterisks. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
function matches(branch: string, patterns: readonly string[]): boolean | undefined {
  if (!patterns.every((pattern) => /^!?[\w./*-]+$/.test(pattern))) return undefined;
  const last = patterns.findLast((pattern) => regExpOf(pattern).test(branch));
  return last !== undefined && !last.startsWith("!");
}

const regExpOf = onceForTexts((pattern: string) => {
  const body = pattern.replace(/^!/, "").replaceAll(".", String.raw`\.`);
  return new RegExp(`^${body.replaceAll(/\*+/g, ".*")}$`);
});

/** Answers what is known of the event, and for the rest what `lookup` knows. A workflow that the event itself starts has no inputs. */
export function lookupOn({ event, branch }: Occasion, lookup: Lookup, isCalled: boolean): Lookup {
  const answers: Readonly<Record<string, ExpressionValue>> = {
    "github.base_ref": "",
    "github.event.repository.default_branch": branch,
    "github.event_name": event,
    "github.head_ref": "",
    "github.ref": `refs/heads/${branch}`,
    "github.ref_name": branch,
    "github.ref_type": "branch",
  };
  return (reference) => {
    const answer = answers[[reference.context, ...reference.path].join(".")];
    if (answer !== undefined) return known(answer);
    const isNothing = isOfOtherEvents(reference) || (reference.context === "inputs" && !isCalled);
    return isNothing ? known(null) : lookup(reference);
  };
}

/** What only other events have is nothing here: `github.event.pull_request`, `github.event.inputs`. */
function isOfOtherEvents({ context, path: [first, key] }: Reference): boolean {
  return context === "github" && first === "event" && key !== undefined && !PAYLOAD.has(key);
}
