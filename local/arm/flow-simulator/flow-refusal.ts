/** Why no traffic was written. */
export class FlowRefusal extends Error {
  /** 400 for a wrong order, 409 where Azure would write nothing either, 501 for what is not modelled. */
  readonly status: 400 | 409 | 501;

  constructor(status: 400 | 409 | 501, message: string) {
    super(message);
    this.name = "FlowRefusal";
    this.status = status;
  }
}
