const NEWLINE = 10;

/**
 * The lines of a stream without their ends, as they come. It reads on only when a line was taken, so that a long stream
 * needs the memory of its longest line; `readline` would read ahead as fast as the stream flows.
 */
export async function* linesOf(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      parts.push(bytes.subarray(start, end));
      yield Buffer.concat(parts).toString("utf8");
      parts = [];
      start = end + 1;
    }
    parts.push(bytes.subarray(start));
  }
  const rest = Buffer.concat(parts);
  if (rest.length > 0) yield rest.toString("utf8");
}
