import { readThrown } from "./thrown-failure.ts";

/** 404 answers that do not mean "this resource does not stand" but "the question was wrong". */
const wrongQuestions = new Set([
  "SubscriptionNotFound",
  "InvalidSubscriptionId",
  "InvalidResourceNamespace",
  "InvalidResourceType",
  "NoRegisteredProviderFound",
]);

/** The answer, or null where Azure says that the resource does not stand. Everything else is thrown on, untyped. */
export async function unlessMissing<R>(ask: () => Promise<R>): Promise<R | null> {
  try {
    return await ask();
  } catch (thrown) {
    const { statusCode, code } = readThrown(thrown);
    if (statusCode === 404 && !wrongQuestions.has(code ?? "")) return null;
    throw thrown;
  }
}
