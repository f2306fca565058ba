/** A call of Microsoft Graph. */
export interface GraphCall {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly text: string;
}
