import {
  IgfContractError,
  IgfPathError,
  IgfRejectedError,
  IgfUnavailableError,
} from '../../../lib/igf/errors.ts';

interface About {
  /** As errors name it, such as `POST /listings`. */
  readonly operation: string;
  /** Such as `['listings.get', 7]`. */
  readonly call: readonly [string, ...unknown[]];
}

/**
 * What happens to a call. `effect` makes the change at IGF and returns IGF's answer. A reply may answer something else,
 * throw, and let other things happen before or after the effect.
 */
export type Reply<Answer> = (effect: () => Promise<Answer>, about: About) => Answer | Promise<Answer>;
/** A reply to any operation. */
export type AnyReply = <Answer>(effect: () => Promise<Answer>, about: About) => Promise<Answer>;

export const answered: AnyReply = (effect) => effect();

/** The call fails with this error before it has an effect. */
export const fails =
  (error: Error): AnyReply =>
  async () => {
    throw error;
  };

const noAnswer = (operation: string) =>
  new IgfUnavailableError(operation, 'no answer in 6000 ms', { effect: 'unknown' });

/** The call had no effect, but the bridge can't know that. */
export const unanswered: AnyReply = async (_effect, { operation }) => {
  throw noAnswer(operation);
};

/** The call had its effect, and its answer was lost. */
export const doneButUnanswered: AnyReply = async (effect, { operation }) => {
  await effect();
  throw noAnswer(operation);
};

/** IGF answers 429, and the call surely had no effect. */
export const turnedAway =
  (retryAfter?: number): AnyReply =>
  async (_effect, { operation }) => {
    throw new IgfUnavailableError(operation, 'IGF answered 429', {
      status: 429,
      effect: 'not-done',
      retryAfter,
    });
  };

export const refuses =
  (status = 422, errorCode?: string): AnyReply =>
  async (_effect, { operation }) => {
    throw new IgfRejectedError(operation, status, errorCode);
  };

/** IGF answers something that is not as documented. The call had its effect. */
export const garbage: AnyReply = async (effect, { operation }) => {
  await effect();
  throw new IgfContractError(operation, 'id');
};

/** IGF answers 404 on a path that is only inferred. */
export const pathInDoubt: AnyReply = async (_effect, { operation }) => {
  throw new IgfPathError(operation, 404);
};

/** The replies that a property chooses from, by name, so that a counterexample is readable. */
export const replies = { answered, unanswered, doneButUnanswered, turnedAway: turnedAway() };
export type ReplyName = keyof typeof replies;

/** Each call gets the next of these replies, and is answered after the last. It pauses before and after its effect. */
export function inTurn(names: readonly ReplyName[], pause: () => Promise<void>): AnyReply {
  const left = [...names];
  return async (effect, about) => {
    await pause();
    const reply = replies[left.shift() ?? 'answered'];
    return reply(async () => {
      const answer = await effect();
      await pause();
      return answer;
    }, about);
  };
}
