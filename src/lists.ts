/** `a, b and c`. `Intl.ListFormat` says the same, and takes longer to load its data than to read a workflow. */
export function joinList(items: readonly string[], word: "and" | "or" = "and"): string {
  const [last = ""] = items.slice(-1);
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} ${word} ${last}` : last;
}
