/** What a question came to: one answer, whether a pipeline should stop at it, and how people read it. */
export interface Answer {
  readonly answer: object;
  readonly finding: boolean;
  readonly readable: readonly string[];
}

/** One thing that the tool does. */
export interface Command {
  readonly name: string;
  /** One line for the usage. */
  readonly summary: string;
  /** Names of the files that stand for the members of one question. */
  readonly files: readonly string[];
  /** Throws RefusedError for a question that cannot be read or answered. */
  readonly ask: (question: Readonly<Record<string, unknown>>) => Answer;
}
