import * as z from 'zod/mini';

/** A widget of a dashboard's JSON, as CloudWatch documents it. Its place is in units: the page is 24 of them wide. */
export const Widget = z.object({
  type: z.enum(['text', 'alarm', 'metric', 'log']),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  properties: z.object({
    title: z.optional(z.string()),
    markdown: z.optional(z.string()),
    alarms: z.optional(z.array(z.string())),
    query: z.optional(z.string()),
    metrics: z.optional(z.array(z.array(z.unknown()))),
  }),
});
export type Widget = z.infer<typeof Widget>;

/** The widgets of a dashboard's body. */
export const widgetsOf = (body: unknown): Widget[] =>
  z.parse(z.object({ widgets: z.array(Widget) }), JSON.parse(String(body))).widgets;

export interface ShownMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Its name in the legend of the graph. */
  readonly label: string;
}

const Options = z.object({
  label: z.optional(z.string()),
  visible: z.optional(z.boolean()),
  stat: z.optional(z.string()),
});

/** The metrics of a widget, each written as `[namespace, name, dimension, value, …, options]`. */
export function metricsOf({ properties: { metrics = [] } }: Widget): ShownMetric[] {
  return metrics.flatMap((row) => {
    const [namespace, name, ...pairs] = row.filter((part) => typeof part === 'string');
    if (namespace === undefined || name === undefined) return [];
    const dimensions = pairs.flatMap((key, index) =>
      index % 2 === 0 ? [[key, pairs[index + 1] ?? '']] : [],
    );
    const { label = name } = optionsOf(row);
    return [{ namespace, name, dimensions: Object.fromEntries(dimensions), label }];
  });
}

/** The names of the lines that a graph draws: metrics and expressions, without those that only an expression uses. */
export const linesOf = ({ properties: { metrics = [] } }: Widget): string[] =>
  metrics.flatMap((row) => {
    const { label, visible = true, stat } = optionsOf(row);
    const name = label ?? (typeof row[1] === 'string' ? row[1] : 'value');
    return visible ? [stat?.startsWith('p') && !label ? `${name} ${stat}` : name] : [];
  });

const optionsOf = (row: readonly unknown[]): z.infer<typeof Options> =>
  z.safeParse(Options, row.at(-1)).data ?? {};
