import type { TSESLint } from "@typescript-eslint/utils";
import type { TextEdit } from "./text-edit.ts";

/** A suggestion before it is known whether its edit can be made. */
export interface PossibleSuggestion<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string>>;
  readonly edits: readonly TextEdit[] | undefined;
}

/** Text edits as ESLint applies them; null where there is nothing to promise. */
export function fixWith(edits: readonly TextEdit[] | undefined): TSESLint.ReportFixFunction | null {
  return edits && edits.length > 0 ? apply(edits) : null;
}

/** The suggestions whose edits can be made. */
export function suggestWith<MessageId extends string>(
  suggestions: readonly PossibleSuggestion<MessageId>[],
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  return suggestions.flatMap(({ messageId, data, edits }) =>
    edits && edits.length > 0 ? [{ messageId, fix: apply(edits), ...(data && { data }) }] : [],
  );
}

function apply(edits: readonly TextEdit[]): TSESLint.ReportFixFunction {
  return (fixer) => edits.map(({ range, text }) => fixer.replaceTextRange([...range], text));
}
