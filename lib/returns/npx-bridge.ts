/** A word that a shell takes as it is. */
const plainWord = /^[\w@%+=:,./-]+$/;

/** A command to paste into a shell, which takes each word literally. */
export const shellCommand = (...words: readonly string[]): string =>
  words.map((word) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/** The options that name the bridge of a stage. Stage `local` runs on the reader's machine. */
const placeOf = (stage: string): string[] => (stage === 'local' ? ['--local'] : ['--stage', stage]);

/** A command of `npx bridge`, for the bridge of this stage. */
export const npxBridge = (stage: string, ...words: readonly string[]): string =>
  shellCommand('npx', 'bridge', ...words, ...placeOf(stage));
