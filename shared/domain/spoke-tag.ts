/** The tag that the tool puts on every resource of a spoke that takes tags; its value is the spoke's name. */
export const spokeTag = "zero-trust-spoke";
