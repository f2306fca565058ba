import type { WatchedResource } from "../../domain/watched-resource.ts";
import { look } from "./look.ts";
import type { WatchTools } from "./watch-tools.ts";

/**
 * Carries an undo out, also one that was refused before. The exemption that keeps it is in force already, and every look
 * carries out what is in force: this is the look that comes at once.
 */
export function applyUndo(tools: WatchTools, resource: WatchedResource, changeId: string): Promise<WatchedResource> {
  return look(tools, { ...resource, undone: resource.undone.filter((id) => id !== changeId) }, "event");
}
