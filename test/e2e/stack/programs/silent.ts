/** Never becomes ready. */
setInterval(() => undefined, 1000);
