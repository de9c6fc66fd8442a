/** Fields of what a command answers, each with its description. */
import { z } from 'zod';

type Fields = Readonly<Record<string, z.ZodType>>;

export const text = (description: string) => z.string().meta({ description });
export const number = (description: string) => z.number().meta({ description });
/** A text or a time; null: not known, or none. A command may leave such a field out. */
export const maybe = (description: string) => z.string().nullable().default(null).meta({ description });
export const maybeNumber = (description: string) => z.number().nullable().default(null).meta({ description });
export const oneOfThese = <const Words extends readonly string[]>(words: Words, description: string) =>
  z.enum(words).meta({ description });
export const list = <const Shape extends Fields>(fields: Shape, description: string) =>
  z.array(z.object(fields)).meta({ description });
export const maybeList = <const Shape extends Fields>(fields: Shape, description: string) =>
  z.array(z.object(fields)).nullable().default(null).meta({ description });
export const maybePart = <const Shape extends Fields>(fields: Shape, description: string) =>
  z.object(fields).nullable().default(null).meta({ description });
export const flag = (description: string) => z.boolean().meta({ description });
export const texts = (description: string) => z.array(z.string()).meta({ description });
/** Numbers by name. */
export const counts = (description: string) => z.record(z.string(), number('how many')).meta({ description });
/** The ids of a return. */
export const returnFields = {
  orderId: text("Winkelstraat's number of the order"),
  rmaId: text('of the return'),
  itemId: text('of the return'),
};
