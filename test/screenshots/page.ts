import { isNormallyZero, randomOf } from './sample.ts';
import { linesOf, type Widget } from './widgets.ts';

const unit = { width: 60, height: 32 };
const colours = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b'];
/** Points of a graph: one for each half hour of a day. */
const points = 48;

export const pageSize = (widgets: readonly Widget[]) => ({
  width: 24 * unit.width,
  height: Math.max(...widgets.map(({ y, height }) => y + height)) * unit.height,
});

/** Draws the widgets as the console places them, with sample values. */
export const pageOf = (widgets: readonly Widget[], sample: (query: string) => readonly string[][]): string =>
  `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #f2f3f3; font: 12px 'DejaVu Sans', sans-serif; color: #16191f }
    .widget { position: absolute; box-sizing: border-box; padding: 6px 8px; overflow: hidden; background: #fff; border: 1px solid #d5dbdb }
    .text { background: none; border: 0; padding-top: 10px } h2 { margin: 0; font-size: 15px } p { margin: 3px 0 }
    h3 { margin: 0 0 4px; font-size: 12px } code { background: #e9ebed; padding: 0 3px }
    table { border-collapse: collapse; font-size: 11px } th, td { text-align: left; padding: 2px 12px 2px 0; white-space: nowrap }
    th { border-bottom: 1px solid #d5dbdb } .alarm span { display: inline-block; margin: 2px 4px; padding: 2px 6px; background: #e3f4e3 }
    .legend { font-size: 10px } .legend span { margin-right: 10px; white-space: nowrap }
  </style>${widgets.map((widget) => boxOf(widget, sample)).join('')}`;

function boxOf(widget: Widget, sample: (query: string) => readonly string[][]): string {
  const { type, x, y, width, height, properties } = widget;
  const place = `left:${x * unit.width}px;top:${y * unit.height}px;width:${width * unit.width - 4}px;height:${height * unit.height - 4}px`;
  const title = properties.title ? `<h3>${escaped(properties.title)}</h3>` : '';
  const content = {
    text: () => markdown(properties.markdown ?? ''),
    alarm: () => (properties.alarms ?? []).map((name) => `<span>${escaped(name)}</span>`).join(''),
    metric: () =>
      graph(properties.title ?? '', linesOf(widget), width * unit.width - 24, height * unit.height - 60),
    log: () => table(sample(properties.query ?? '')),
  }[type];
  return `<div class="widget ${type}" style="${place}">${title}${content()}</div>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** As much of markdown as the dashboard uses. */
const markdown = (text: string): string =>
  escaped(text)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]*)\*\*/g, '<b>$1</b>')
    .split('\n')
    .map((line) => (line.startsWith('#') ? `<h2>${line.replace(/^#+ /, '')}</h2>` : `<p>${line}</p>`))
    .join('');

const table = ([head = [], ...rows]: readonly (readonly string[])[]): string => {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
};

function graph(title: string, names: readonly string[], width: number, height: number): string {
  const lines = names.map((name, index) => {
    const random = randomOf(`${name} ${index}`);
    const level =
      isNormallyZero(title) || isNormallyZero(name) ? 0 : (0.8 * (1 + index)) / (1 + names.length);
    const path = Array.from({ length: points }, (_, at) => {
      // More by day than by night.
      const value = level * (0.4 + 0.5 * Math.sin((Math.PI * at) / points) + 0.2 * random());
      return `${Math.round((at * width) / (points - 1))},${Math.round(height * (1 - value))}`;
    });
    return `<polyline fill="none" stroke="${colours[index % colours.length]}" points="${path.join(' ')}"/>`;
  });
  const legend = names.map(
    (name, index) => `<span style="color:${colours[index % colours.length]}">■ ${escaped(name)}</span>`,
  );
  return `<svg width="${width}" height="${height}"><path d="M0 ${height - 1}H${width}" stroke="#d5dbdb"/>${lines.join('')}</svg><div class="legend">${legend.join('')}</div>`;
}
