/** One entry of `error.details` in Azure Resource Manager's error envelope. */
export interface ArmErrorDetail {
  readonly code: string;
  readonly message: string;
}

/**
 * A refusal of Azure Resource Manager: thrown anywhere in local Azure, it becomes the answer
 * `{"error": {"code", "message", "details"}}` with this status; thrown by the completion of a long-running operation it
 * becomes the `error` of that operation. Make one with the factories in `errors/`, so that every code stands in one place.
 *
 * Source: Azure Resource Manager common API contracts, "Error Response Content".
 */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly ArmErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status HTTP status of the answer
   * @param code Azure's error code, exactly as Azure writes it
   * @param message Azure's text
   * @param details further codes below `error.details`
   * @param headers additional response headers (such as Retry-After)
   */
  constructor(
    status: number,
    code: string,
    message: string,
    details: readonly ArmErrorDetail[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "ArmError";
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }

  /** The envelope on the wire. */
  get body(): { error: { code: string; message: string; details: readonly ArmErrorDetail[] } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}
