/**
 * CloudWatch's metric math, as far as the alarms of the stack use it: numbers, ids, `+ - * /`, comparisons, `AND`, `OR`,
 * and the functions below. A series has one value for each period, oldest first; undefined where there is no data.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export type Series = readonly (number | undefined)[];

/** A constant, a series, or several series, such as `[m1, m2]` or `METRICS()`. */
type Operand = number | Series | readonly Series[];

const isList = (operand: Operand): operand is readonly Series[] =>
  Array.isArray(operand) && Array.isArray(operand[0]);

/** Calculates `expression` over series by their ids. @throws Error that names what it can't read */
export function evaluateMath(expression: string, series: ReadonlyMap<string, Series>): Series {
  const length = Math.max(0, ...[...series.values()].map((each) => each.length));
  const tokens = expression.match(/\d+(\.\d+)?|[A-Za-z]\w*|>=|<=|==|!=|[-+*/()[\],<>]/g) ?? [];
  let position = 0;

  const unreadable = (): never => {
    throw new Error(
      `The local runtime can't read the metric math ${expression} at ${tokens[position] ?? 'its end'}.`,
    );
  };
  const next = (): string => tokens[position++] ?? unreadable();
  const take = (token: string): boolean => {
    if (tokens[position] !== token) return false;
    position += 1;
    return true;
  };
  const expect = (token: string): void => void (take(token) || unreadable());

  const one = (operand: Operand): Series => {
    if (typeof operand === 'number') return Array.from({ length }, () => operand);
    return isList(operand) ? unreadable() : (operand as Series);
  };
  const many = (operand: Operand): readonly Series[] => (isList(operand) ? operand : [one(operand)]);

  /** Operators from weak to strong. */
  const binary = (level: number): Operand => {
    const operators = levels[level];
    if (!operators) return primary();
    let left = binary(level + 1);
    for (
      let operator = operators[tokens[position] ?? ''];
      operator;
      operator = operators[tokens[position] ?? '']
    ) {
      position += 1;
      left = zip([one(left), one(binary(level + 1))], operator);
    }
    return left;
  };

  const list = (end: string): Operand[] => {
    const items: Operand[] = [];
    while (!take(end)) {
      items.push(binary(0));
      if (tokens[position] !== end) expect(',');
    }
    return items;
  };

  function primary(): Operand {
    if (take('(')) {
      const inner = binary(0);
      expect(')');
      return inner;
    }
    if (take('[')) return list(']').map(one);
    const token = next();
    if (/^\d/.test(token)) return Number(token);
    if (!take('(')) return series.get(token) ?? unreadable();
    return call(token, list(')'));
  }

  function call(name: string, [first = [], second = 0, third = 0]: readonly Operand[]): Operand {
    if (name === 'METRICS') return [...series].filter(([id]) => id.startsWith('m')).map(([, each]) => each);
    if (name === 'IF') return zip([one(first), one(second), one(third)], (is, yes, no) => (is ? yes : no));
    if (name === 'FILL') return one(first).map((value) => value ?? (second as number));
    if (name === 'DIFF') {
      const values = one(first);
      return values.map((value, at) => difference(value, values[at - 1]));
    }
    const combine = combinations[name] ?? unreadable();
    return zipPresent(many(first), combine);
  }

  const result = one(binary(0));
  return position === tokens.length ? result : unreadable();
}

type Operator = (one: number, other: number) => number;

const levels: readonly Readonly<Record<string, Operator>>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0) },
  {
    '>': (a, b) => Number(a > b),
    '<': (a, b) => Number(a < b),
    '>=': (a, b) => Number(a >= b),
    '<=': (a, b) => Number(a <= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

const combinations: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  MAX: (values) => Math.max(...values),
};

/** A period without data in one of the series has no result. */
function zip(series: readonly Series[], combine: (...values: number[]) => number): Series {
  return Array.from({ length: series[0]?.length ?? 0 }, (_, at) => {
    const values = series.map((each) => each[at]);
    const result = values.includes(undefined) ? undefined : combine(...(values as number[]));
    return result !== undefined && Number.isFinite(result) ? result : undefined;
  });
}

/** `SUM([m1, m2])` takes the values that there are. */
function zipPresent(series: readonly Series[], combine: (values: readonly number[]) => number): Series {
  return Array.from({ length: series[0]?.length ?? 0 }, (_, at) => {
    const values = series.map((each) => each[at]).filter((value) => value !== undefined);
    return values.length > 0 ? combine(values) : undefined;
  });
}

const difference = (value: number | undefined, before: number | undefined): number | undefined =>
  value === undefined || before === undefined ? undefined : value - before;
