const telltale =
  /\/runtime\/|durabletask|[?&]code=|task_?hub|connection=storage|(?:statusQuery|purgeHistory)\w*Uri|(?:sendEvent|terminate|rewind|suspend|resume|restart)PostUri|x-functions-key|AccountKey=/i;

/** The management URLs of Durable Functions, their keys and the storage behind them are in nothing that the tool tells. */
export function assertNothingOfDurable(where: string, ...texts: readonly string[]): void {
  for (const text of texts) {
    const found = telltale.exec(text);
    if (found !== null) {
      const around = text.slice(Math.max(0, found.index - 100), found.index + 100);
      throw new Error(`${where} tells ${found[0]}: …${around}…`);
    }
  }
}
