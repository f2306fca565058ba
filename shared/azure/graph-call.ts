const timeout = 30_000;

export interface GraphCall {
  readonly method: string;
  /** Sent as JSON. */
  readonly body?: object;
  readonly prefer?: string;
}

/** One call of Microsoft Graph by its REST interface, as it was answered, whatever the status; `body` undefined where it is no JSON. */
export async function graphCall(
  url: URL,
  token: string,
  { method, body, prefer }: GraphCall,
): Promise<{ readonly answer: Response; readonly body: unknown }> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(prefer === undefined ? {} : { prefer }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeout),
  });
  return { answer, body: await answer.json().catch(() => undefined) };
}
