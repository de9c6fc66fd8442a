/** How many entries of a group are printed, unless all are wanted. */
const most = 5;

interface GroupOptions<Entry> {
  /** Names the group of an entry, such as its webhook and error. */
  readonly groupOf: (entry: Entry) => string;
  readonly format: (entry: Entry) => readonly string[];
  readonly all: boolean | undefined;
}

/** Entries by their group, in the order of the first entry of each. A long group is cut short. */
export const formatGroups = <Entry>(
  entries: readonly Entry[],
  { groupOf, format, all = false }: GroupOptions<Entry>,
): string[] =>
  [...Map.groupBy(entries, groupOf)].flatMap(([group, own]) => {
    const shown = all ? own : own.slice(0, most);
    const left = own.length - shown.length;
    return [
      ...(own.length > 1 ? [`${own.length} × ${group}`] : []),
      ...shown.flatMap(format),
      ...(left > 0 ? [`  and ${left} more: --all prints them`] : []),
    ];
  });
