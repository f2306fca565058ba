import { TransientError } from "../../shared/domain/errors.ts";

/** The front end of App Service gives a caller up after 230 seconds without an answer. */
const answerWithinMilliseconds = 150_000;

/**
 * What work that only reads comes to, while the caller still waits.
 * @throws TransientError `AzureTooSlow` where it takes longer.
 */
export async function inTime<R>(work: Promise<R>, milliseconds = answerWithinMilliseconds): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): TransientError {
  return new TransientError({
    code: "AzureTooSlow",
    message: "Azure did not answer in time.",
    resourceId: null,
    remedy: "Try again in a while.",
  });
}
