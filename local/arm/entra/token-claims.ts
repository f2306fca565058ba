/** What local Azure reads out of a token. */
export interface TokenClaims {
  readonly tid: string;
  readonly oid: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly exp: number;
  readonly appid?: string;
}
