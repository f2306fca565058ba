/** The smallest app with Durable Functions: what a start costs that no code of this project can save. */
import * as df from "durable-functions";

df.app.activity("nothing", { handler: () => null });
