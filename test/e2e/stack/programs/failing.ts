/** Ends at once, or (`--once-ready`) right after it said that it is ready. */
console.error("the reason stands here");
if (process.argv.includes("--once-ready")) console.log(JSON.stringify({ ready: true }));
process.exit(3);
