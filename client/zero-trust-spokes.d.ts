/**
 * The API of Zero Trust spokes as types, made from its OpenAPI document by `npm run client`: change the document, not this
 * file. For use with openapi-fetch, or with any client that you write: `components["schemas"]` has the bodies.
 */

export interface paths {
    "/spokes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All spokes, one line each.
         * @description Role: Read.
         */
        get: operations["listSpokes"];
        put?: never;
        /**
         * Ask for a spoke. The same request again answers its state; another request under its name is a conflict.
         * @description Role: Request.
         */
        post: operations["requestSpoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spokes/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what a request would change. Nothing is written and no address is leased.
         * @description Role: Request.
         */
        post: operations["previewSpoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spokes/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A spoke: its state, its seven steps, its resources and findings.
         * @description Role: Read.
         */
        get: operations["readSpoke"];
        /**
         * Change a spoke or run it again. With the role Request only its owner may.
         * @description Role: Operate or Request.
         */
        put: operations["changeSpoke"];
        post?: never;
        /**
         * Remove a spoke. With the role Request only its owner may. Refused while something of others lives in it.
         * @description Role: Operate or Request.
         */
        delete: operations["removeSpoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spokes/{name}/connectivity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the spoke's NSGs let pass as they stand in Azure now, proven against what its request means.
         * @description Role: Read.
         */
        get: operations["readConnectivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spokes/{name}/topology.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture of the spoke with its flows: what /connectivity answers, drawn.
         * @description Role: Read.
         */
        get: operations["readTopology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spokes/{name}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or reject the run that awaits approval. Not by who asked for it.
         * @description Role: Approve.
         */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What others changed of networks, newest first, with its meaning and what was done.
         * @description Role: Read.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would make networks harder, what brings the most first, with evidence, replay and difference.
         * @description Role: Read.
         */
        get: operations["listRecommendations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Carry a recommendation out. The body may be left out.
         * @description Role: Operate.
         */
        post: operations["acceptRecommendation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a restoration back: what had been changed is written again and exempt for a day.
         * @description Role: Operate.
         */
        post: operations["undoChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/compliance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the latest sweep says of every spoke, control by control of the guidance; as a page with format=html.
         * @description Role: Read.
         */
        get: operations["readCompliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/compliance/sweep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a sweep over all spokes going; while one is under way, that one is answered.
         * @description Role: Operate.
         */
        post: operations["startSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What somebody decided about spokes: exemptions, undone restorations, accepted recommendations.
         * @description Role: Operate.
         */
        get: operations["listExemptions"];
        put?: never;
        /**
         * Exempt a spoke from a control, or let a part of a resource's state stand, until a moment.
         * @description Role: Operate.
         */
        post: operations["createExemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exemptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End an exemption, an undo or an accepted recommendation: what it kept is drift from now on.
         * @description Role: Operate.
         */
        delete: operations["deleteExemption"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document.
         * @description Role: Read or Request or Approve or Operate.
         */
        get: operations["readOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Something that a person should know about a spoke. Findings fail no run. */
        Finding: {
            /** @description What was found, as one word: docs/error-codes.md lists all of them. */
            code: string;
            /**
             * @description How much it matters.
             * @enum {string}
             */
            severity: "critical" | "high" | "medium" | "low" | "information";
            /** @description What was seen, in a sentence. */
            message: string;
            /** @description What it is about; null where it is the request or the platform. ARM id. */
            resourceId: string | null;
            /** @description What to do about it. */
            remedy: string;
            /** @description Step of the guidance. */
            step?: number;
        };
        /** @description Why a run, or the work on a resource, ended without success. */
        Failure: {
            /** @description The tool's or Azure's code of the failure: docs/error-codes.md lists those that are met. */
            code: string;
            /** @description What happened; Azure's own words where the code is Azure's. */
            message: string;
            /** @description What it happened to; null where it is the run as a whole. ARM id. */
            resourceId: string | null;
            /** @description What to do about it. */
            remedy: string;
        };
        /** @description RFC 9457 problem details; errors lists every violation. */
        Problem: {
            /** @description Always about:blank: status and title say it. */
            type: string;
            /** @description What is wrong, in a sentence. */
            title: string;
            /** @description The HTTP status again. */
            status: number;
            /** @description Every violation; empty where there is nothing to point at. */
            errors: {
                /** @description JSON pointer (RFC 6901) into the body, or / and the name of a query parameter; empty: all. */
                pointer: string;
                /** @description Which rule, as one word: docs/error-codes.md lists all of them. */
                code: string;
                /** @description What to write or do instead. */
                message: string;
            }[];
        };
        /** @description A change of a spoke's network that somebody else than the tool made. */
        NetworkChange: {
            /** @description Id of the change, for its undo. */
            id: string;
            /** @description Name of the spoke. */
            spoke: string;
            /** @description What was changed. ARM id. */
            resourceId: string;
            /** @description Type of the resource, as ARM names it. */
            type: string;
            /** @description The rule, route, subnet or property that it is about; empty for all. */
            pointer: string;
            /**
             * Format: date-time
             * @description When the tool saw it. ISO 8601 in UTC.
             */
            detectedAt: string;
            /**
             * @description What told of it.
             * @enum {string}
             */
            detectedBy: "event" | "sweep";
            /** @description Who did it, by which operation; null until an event tells. */
            origin: {
                /** @description Id of the event that told it. */
                eventId: string;
                /**
                 * Format: date-time
                 * @description When it was done. ISO 8601 in UTC.
                 */
                at: string;
                /** @description Azure's name of the operation. */
                operation: string;
                /** @description Azure's correlation id, for the activity log. */
                correlationId: string | null;
                /** @description Who did it; null is what the event does not tell. */
                caller: {
                    /** @description Name for people. */
                    name: string | null;
                    /** @description Object id in Microsoft Entra. */
                    objectId: string | null;
                    /** @description Application by which it was done. */
                    applicationId: string | null;
                    /** @description Address from which it was done. */
                    ipAddress: string | null;
                };
            } | null;
            /**
             * @description How much it matters; none: it means the same.
             * @enum {string}
             */
            severity: "critical" | "high" | "medium" | "low" | "none";
            /** @description Every way in which it matters. */
            meanings: {
                /** @description One way in which it matters, as one word. */
                code: string;
                /**
                 * @description How much it matters; none: it means the same.
                 * @enum {string}
                 */
                severity: "critical" | "high" | "medium" | "low" | "none";
                /** @description What it means, in a sentence. */
                message: string;
            }[];
            /** @description All of it in a sentence. */
            summary: string;
            /** @description Flows that pass by it and did not. */
            gained: string[];
            /** @description Flows that passed and do not by it. */
            lost: string[];
            /** @description What it takes to bring it back. */
            restoring: {
                /**
                 * @description What has to happen to the resource; none: it stands as it shall.
                 * @enum {string}
                 */
                action: "create" | "update" | "delete" | "none";
                /** @description What is written. ARM id. */
                resourceId: string;
                /** @description The properties that stand otherwise than they shall. */
                differences: {
                    /** @description JSON pointer into the resource in the tool's normal form; empty for all of it. */
                    pointer: string;
                    /** @description What shall stand there; absent where nothing shall. */
                    desired: unknown;
                    /** @description What stands there; absent where nothing does. */
                    observed: unknown;
                }[];
            };
            /** @description What stood there before it was restored: an undo writes it again. */
            prior: {
                /** @description JSON pointer into the resource. */
                pointer: string;
                /** @description What stood there. */
                value: unknown;
            }[];
            /**
             * @description Open: nobody restored it. BackedOff: it came back too often, somebody has to look. Exempt: an exemption keeps it. Gone: it was changed back before the tool did. Harmless: it means the same.
             * @enum {string}
             */
            status: "Open" | "Restored" | "RestoreFailed" | "BackedOff" | "Exempt" | "Undone" | "Gone" | "Harmless";
            /** @description When it was restored. ISO 8601 in UTC; null where that has not been. */
            restoredAt: string | null;
            /** @description Why it could not be restored; else null. */
            error: components["schemas"]["Failure"] | null;
            /** @description Null where nobody took the restoration back. */
            undo: {
                /** @description Who took the restoration back. */
                by: {
                    /** @description Object id in Microsoft Entra. */
                    objectId: string;
                    /** @description Name for people; the object id where the token tells none. */
                    name: string;
                };
                /**
                 * Format: date-time
                 * @description When. ISO 8601 in UTC.
                 */
                at: string;
                /** @description The exemption that keeps it: DELETE /exemptions/{id} ends it. */
                exemptionId: string;
            } | null;
            /** @description How the telling of the configured targets went. */
            alerts: {
                /** @description Name of the target in the configuration. */
                target: string;
                /**
                 * @description How far the telling is.
                 * @enum {string}
                 */
                status: "Pending" | "Sent" | "Failed" | "Skipped";
                /** @description How often it was tried. */
                attempts: number;
                /** @description When it was last tried. ISO 8601 in UTC; null where that has not been. */
                at: string | null;
                /** @description Why it failed; else null. */
                error: string | null;
            }[];
        };
        /** @description What others changed of networks. */
        NetworkChangeList: {
            /** @description Newest first. */
            value: components["schemas"]["NetworkChange"][];
        };
        /** @description A sweep over all spokes. */
        ComplianceSweep: {
            /** @description Id of the sweep. */
            id: string;
            /**
             * @description How far it is.
             * @enum {string}
             */
            status: "Running" | "Succeeded" | "Failed";
            /**
             * Format: date-time
             * @description When it began. ISO 8601 in UTC.
             */
            startedAt: string;
            /** @description When it ended. ISO 8601 in UTC; null where that has not been. */
            finishedAt: string | null;
            /** @description Spokes that it looked at. */
            spokes: number;
            /** @description Spokes of which something had changed since the sweep before. */
            assessed: number;
            /** @description Rows and documents that were read. */
            resources: number;
            /** @description Calls to Azure that reading took. */
            calls: number;
            /** @description Spokes that were run again. */
            repaired: number;
            /** @description Why it failed; else null. */
            error: string | null;
        };
        /** @description What the latest sweep says of every spoke. */
        Compliance: {
            /** @description The spokes, by name. */
            value: {
                /** @description Name of the spoke. */
                spoke: string;
                /** @description Subscription in which it stands. */
                subscriptionId: string;
                /**
                 * @description NotAssessed: it could not be judged. Skipped: a run is at work, the verdict is the one before.
                 * @enum {string}
                 */
                status: "Compliant" | "NonCompliant" | "NotAssessed" | "Skipped";
                /** @description Why it could not be judged or was left out; else null. */
                reason: string | null;
                /** @description Share of the weight that passes; what nobody can see counts as half of a failure. Null: nothing counted. */
                score: number | null;
                /** @description Every row of the guidance, judged. */
                controls: {
                    /** @description Id of the control, like ZT-5.6. */
                    id: string;
                    /** @description What the guidance asks for. */
                    title: string;
                    /** @description Step of the guidance; null: it says so outside its steps. */
                    step: number | null;
                    /** @description Principles of Zero Trust that it serves. */
                    principles: string[];
                    /** @description Of the guidance. */
                    section: string;
                    /**
                     * @description Its weight in the score.
                     * @enum {string}
                     */
                    severity: "critical" | "high" | "medium" | "low";
                    /**
                     * @description exempt: it fails and somebody decided that it may. unknown: the tool cannot see it, never a pass.
                     * @enum {string}
                     */
                    status: "pass" | "fail" | "exempt" | "notApplicable" | "unknown";
                    /** @description At most ten entries; the last says how many more there are. */
                    evidence: {
                        /** @description What was looked at; null: the spoke as a whole. ARM id. */
                        resourceId: string | null;
                        /** @description What was seen, in a sentence. */
                        seen: string;
                        /** @description The properties that stand otherwise than they shall. */
                        differences?: {
                            /** @description JSON pointer into the resource in the tool's normal form; empty for all of it. */
                            pointer: string;
                            /** @description What shall stand there; absent where nothing shall. */
                            desired: unknown;
                            /** @description What stands there; absent where nothing does. */
                            observed: unknown;
                        }[];
                    }[];
                    /** @description What to do where it fails. */
                    remedy: string;
                    /** @description Where it is exempt. */
                    exemption?: {
                        /** @description Id of the exemption. */
                        id: string;
                        /** @description Who answers for it. */
                        owner: string;
                        /** @description Why it may fail. */
                        reason: string;
                        /** @description Ticket under which it was agreed. */
                        ticket: string | null;
                        /** @description Until when. ISO 8601 in UTC; null where that has not been. */
                        expiresAt: string | null;
                    };
                }[];
                /**
                 * Format: date-time
                 * @description When what the verdict rests on was observed. ISO 8601 in UTC.
                 */
                checkedAt: string;
                /** @description Sweep that judged it. */
                sweepId: string;
            }[];
            /** @description Share of the weight that passes; what nobody can see counts as half of a failure. Null: nothing counted. */
            score: number | null;
            /** @description The latest sweep; null where there was none. */
            sweep: components["schemas"]["ComplianceSweep"] | null;
            /** @description One point a sweep, oldest first. */
            history: {
                /**
                 * Format: date-time
                 * @description When the sweep ended. ISO 8601 in UTC.
                 */
                at: string;
                /** @description Share of the weight that passes; what nobody can see counts as half of a failure. Null: nothing counted. */
                score: number | null;
                /** @description Spokes that it looked at. */
                spokes: number;
                /** @description Spokes of which a control fails. */
                failed: number;
            }[];
        };
        /** @description What the network lets pass as it stands, against what the request means. */
        Connectivity: {
            /** @description Name of the spoke. */
            name: string;
            /**
             * Format: date-time
             * @description When Azure was asked. ISO 8601 in UTC.
             */
            observedAt: string;
            /**
             * @description Proven: every packet that the request means passes and no other does. Refuted: counterexamples or critical findings say why not. Unknown: an NSG could not be read. NotBuilt: no network stands.
             * @enum {string}
             */
            status: "Proven" | "Refuted" | "Unknown" | "NotBuilt";
            /** @description Every flow that the request means. */
            flows: {
                /** @description Where it begins, in the words of the spoke. */
                from: string;
                /** @description Where it ends, in the words of the spoke. */
                to: string;
                /**
                 * @description * is any protocol.
                 * @enum {string}
                 */
                protocol: "Tcp" | "Udp" | "*";
                /** @description 443, 65200-65535 or *. */
                ports: string;
                /** @description Why the request means it. */
                reason: string;
                /** @description False where it may pass and need not. */
                required: boolean;
                /** @description End to end, all of its packets; null where not known. */
                passes: boolean | null;
                /** @description At the source, then at the destination, as far as they lie in the spoke. */
                deciding: {
                    /** @description Tier name, or gateway. */
                    subnet: string;
                    /** @description ARM id of the NSG that the subnet carries; null: it carries none. */
                    networkSecurityGroup: string | null;
                    /**
                     * @description Of the traffic, seen from the subnet.
                     * @enum {string}
                     */
                    direction: "Inbound" | "Outbound";
                    /** @description Name of the rule; in parentheses: there is none; null: the NSG could not be read. */
                    rule: string | null;
                }[];
            }[];
            /** @description Packets that are treated otherwise than is meant, the most dangerous first; at most twenty. */
            counterexamples: {
                /** @description All of it in a sentence. */
                words: string;
                /** @description Tier name, or gateway. */
                subnet: string;
                /** @description Where it comes from, in the words of the spoke. */
                from: string;
                /** @description Where it goes, in the words of the spoke. */
                to: string;
                /** @description One packet of many that are treated so. */
                packet: {
                    /**
                     * @description Of the traffic, seen from the subnet.
                     * @enum {string}
                     */
                    direction: "Inbound" | "Outbound";
                    /** @description Tcp, Udp, Icmp, or a protocol number. */
                    protocol: string | number;
                    /** @description IPv4 address. */
                    sourceAddress: string;
                    /** @description Port from which it comes. */
                    sourcePort: number;
                    /** @description IPv4 address. */
                    destinationAddress: string;
                    /** @description Port to which it goes. */
                    destinationPort: number;
                };
                /** @description True: it passes and is not meant to; false: the other way round. */
                passes: boolean;
                /** @description Name of the rule that decides. */
                rule: string;
                /** @description ARM id of the NSG that the subnet carries; null: it carries none. */
                networkSecurityGroup: string | null;
            }[];
            /** @description What else was seen: a critical one refutes. */
            findings: components["schemas"]["Finding"][];
            /** @description What the answer rests on and cannot know. */
            assumptions: string[];
        };
        /** @description What somebody decided that a spoke may be otherwise in, until a moment. */
        Exemption: {
            /** @description Id of the exemption. */
            id: string;
            /**
             * @description Asked for; an undone restoration; an accepted recommendation.
             * @enum {string}
             */
            origin: "exemption" | "undo" | "recommendation";
            /**
             * @description Expired: it counts no more.
             * @enum {string}
             */
            status: "Active" | "Expired";
            /** @description Name of the spoke. */
            spoke: string;
            /** @description Id of the control that may fail; null: it is about a resource's state. */
            control: string | null;
            /** @description ARM id of the resource that it is about; null: all of the spoke. */
            resourceId: string | null;
            /** @description Parts of the resource that it is about; "" is all of it. */
            pointers: string[];
            /** @description Who answers for it, as whoever asked for it says. */
            owner: {
                /** @description Object id in Microsoft Entra. */
                objectId: string;
                /** @description Name for people; the object id where the token tells none. */
                name: string;
            };
            /** @description Who asked for it, as they were signed in. */
            askedBy: {
                /** @description Object id in Microsoft Entra. */
                objectId: string;
                /** @description Name for people; the object id where the token tells none. */
                name: string;
            };
            /** @description Why. */
            reason: string;
            /** @description Ticket under which it was agreed. */
            ticket: string | null;
            /**
             * Format: date-time
             * @description From when. ISO 8601 in UTC.
             */
            createdAt: string;
            /** @description Until when; an accepted recommendation has no end. ISO 8601 in UTC; null where that has not been. */
            expiresAt: string | null;
        };
        /** @description What may be otherwise, why, and until when. */
        ExemptionRequest: {
            /** @description Name of the spoke. */
            spoke: string;
            /**
             * @description What the exemption is from: a control of the compliance report …
             * @default null
             */
            control?: string | null;
            /**
             * @description … of all of the spoke or of this resource alone; or the state of this resource:
             * @default null
             */
            resourceId?: string | null;
            /**
             * @description this security rule of it,
             * @default null
             */
            rule?: string | null;
            /**
             * @description or what stands at and below these JSON pointers, as differences name them; "" is all of it.
             * @default null
             */
            pointers?: string[] | null;
            /** @description Why. */
            reason: string;
            /**
             * @description Ticket under which it was agreed.
             * @default null
             */
            ticket?: string | null;
            /**
             * @description Who answers for it; absent: who asks.
             * @default null
             */
            owner?: {
                /**
                 * Format: uuid
                 * @description Object id in Microsoft Entra.
                 */
                objectId: string;
                /** @description Name for people. */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description Until when, in UTC.
             */
            expiresAt: string;
        };
        /** @description What amends spokes. */
        ExemptionList: {
            /** @description Those in force, and those that expired within 30 days. */
            value: components["schemas"]["Exemption"][];
        };
        /** @description What has to happen to one resource, and why. */
        Change: {
            /** @description The resource. ARM id. */
            id: string;
            /** @description Type of the resource, as ARM names it. */
            type: string;
            /** @description Steps of the guidance that the resource serves. */
            steps: number[];
            /**
             * @description What has to happen to the resource; none: it stands as it shall.
             * @enum {string}
             */
            action: "create" | "update" | "delete" | "none";
            /** @description The properties that stand otherwise than they shall. */
            differences: {
                /** @description JSON pointer into the resource in the tool's normal form; empty for all of it. */
                pointer: string;
                /** @description What shall stand there; absent where nothing shall. */
                desired: unknown;
                /** @description What stands there; absent where nothing does. */
                observed: unknown;
            }[];
            /** @description Why it is written, each in a sentence. */
            reasons: string[];
            /** @description ARM ids of the resources that it waits for. */
            dependsOn: string[];
            /** @description The whole resource as it shall stand, in the tool's normal form; null where it is deleted. */
            desired: ({
                /** @description The resource. ARM id. */
                id: string;
                /** @description Type of the resource. */
                type: string;
                /** @description Its properties. */
                body: unknown;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Where a role assignment is deleted: what it grants. */
            assignment?: unknown;
        };
        /** @description What a request would change; nothing was written. */
        SpokePlan: {
            /** @description The prefix that the spoke has or would get; a preview leases none. */
            addressPrefix: string;
            /** @description Every resource of the spoke; action none: it stands already. */
            changes: components["schemas"]["Change"][];
            /** @description Security rules of the spoke's network security groups. */
            rules: {
                /** @description The network security group. ARM id. */
                networkSecurityGroup: string;
                /** @description Name of the rule. */
                name: string;
                /** @description What it is for. */
                description: string;
                /** @description The lowest is asked first. */
                priority: number;
                /**
                 * @description Of the traffic, seen from the subnet.
                 * @enum {string}
                 */
                direction: "Inbound" | "Outbound";
                /**
                 * @description What becomes of what fits.
                 * @enum {string}
                 */
                access: "Allow" | "Deny";
                /** @description Tcp, Udp, Icmp, or * for all. */
                protocol: string;
                /** @description Prefixes, or a service tag. */
                sourceAddressPrefixes: string[];
                /** @description ARM ids; instead of prefixes. */
                sourceApplicationSecurityGroupIds: string[];
                /** @description Ports and ranges of ports; * is all. */
                sourcePortRanges: string[];
                /** @description Prefixes, or a service tag. */
                destinationAddressPrefixes: string[];
                /** @description ARM ids; instead of prefixes. */
                destinationApplicationSecurityGroupIds: string[];
                /** @description Ports and ranges of ports; * is all. */
                destinationPortRanges: string[];
            }[];
            /** @description What was proven of the rules, over all packets. */
            proof: {
                /**
                 * @description Rules that are not proven refuse the plan.
                 * @constant
                 */
                status: "Proven";
                /** @description What was proven, in a sentence. */
                statement: string;
                /** @description Hashes of what each NSG means: equal hashes, equal meaning. */
                networkSecurityGroups: {
                    /** @description The network security group. ARM id. */
                    id: string;
                    /** @description Hash of what its inbound rules mean. */
                    inbound: string;
                    /** @description Hash of what its outbound rules mean. */
                    outbound: string;
                }[];
                /** @description What the proof rests on and cannot know. */
                assumptions: string[];
            };
            /** @description What a person should know before asking. */
            findings: components["schemas"]["Finding"][];
            /** @description The longest chain of changes that wait for one another. */
            criticalPath: {
                /** @description Seconds that the chain usually takes in Azure. */
                seconds: number;
                /** @description The chain, in order. */
                resources: {
                    /** @description The resource. ARM id. */
                    id: string;
                    /** @description Seconds that this resource usually takes in Azure. */
                    seconds: number;
                }[];
            };
        };
        /** @description Why it is accepted. */
        RecommendationAcceptance: {
            /**
             * @description Why; one line.
             * @default
             */
            reason?: string;
            /**
             * @description Ticket under which it was agreed.
             * @default null
             */
            ticket?: string | null;
        };
        /** @description What the change would have done to the traffic of the learning window. */
        Replay: {
            /**
             * Format: date-time
             * @description First traffic that was looked at. ISO 8601 in UTC.
             */
            from: string;
            /**
             * Format: date-time
             * @description Last traffic that was looked at. ISO 8601 in UTC.
             */
            to: string;
            /** @description Flows that were looked at, not only distinct ones. */
            flows: number;
            /** @description How many of them it would have blocked. */
            wouldBlock: number;
            /** @description Some of the flows that it would have blocked. */
            blocked: string[];
            /** @description All of it in a sentence. */
            summary: string;
        };
        /** @description What accepting it does, with the rule, policy or rules that it writes. */
        RecommendationRemedy: {
            /**
             * @description What accepting it does; by-hand cannot be accepted.
             * @enum {string}
             */
            kind: "rule" | "run-spoke" | "just-in-time-policy" | "adaptive-network-hardening" | "by-hand";
        } & {
            [key: string]: unknown;
        };
        /** @description What would make a network harder, why, and what became of it. */
        Recommendation: {
            /** @description Id of the recommendation, for accepting it. */
            id: string;
            /**
             * @description flow-logs is the tool's own; the others are Defender's.
             * @enum {string}
             */
            source: "flow-logs" | "defender-assessment" | "adaptive-network-hardening" | "just-in-time";
            /**
             * @description Accepted: decided, not seen standing yet. Applied: it stands. Gone: nobody recommends it any more.
             * @enum {string}
             */
            status: "Open" | "Accepted" | "Applied" | "Gone";
            /** @description Name of the spoke; null: it is about none. */
            spoke: string | null;
            /** @description Subscription in which the resource lies. */
            subscriptionId: string;
            /** @description Resource group in which the resource lies, in lower case. */
            resourceGroup: string | null;
            /** @description What would be changed. ARM id. */
            resourceId: string;
            /** @description All of it in a few words. */
            title: string;
            /**
             * @description How much it matters.
             * @enum {string}
             */
            severity: "critical" | "high" | "medium" | "low" | "information";
            /** @description MITRE ATT&CK tactics. */
            tactics: string[];
            /** @description Points of the subscription's secure score. */
            scoreGain: number | null;
            /** @description Why, each in a sentence. */
            reasons: string[];
            /** @description What to do, in words. */
            advice: string;
            remedy: components["schemas"]["RecommendationRemedy"];
            /** @description What it rests on: of flow logs window, flows, bytes; of Defender its cause. */
            evidence: {
                [key: string]: unknown;
            };
            /** @description Null where nothing is replayed. */
            replay: components["schemas"]["Replay"] | null;
            /** @description What passes after it and not before, and the other way round; null where no rule changes. */
            difference: {
                /** @description Flows that would pass and do not. */
                gained: string[];
                /** @description Flows that pass and would not. */
                lost: string[];
            } | null;
            /** @description Whether all flows of the guidance and of the request still pass; null where no rule changes. */
            keepsGuidance: boolean | null;
            /** @description The mode `enforce` applies it by itself. */
            safe: boolean;
            /**
             * Format: date-time
             * @description When it was first recommended. ISO 8601 in UTC.
             */
            firstSeenAt: string;
            /**
             * Format: date-time
             * @description When it was last recommended. ISO 8601 in UTC.
             */
            lastSeenAt: string;
            /** @description Null where nobody decided; of an open one: the decision that somebody took back. */
            decision: {
                /** @description Who decided. */
                by: {
                    /** @description Object id in Microsoft Entra. */
                    objectId: string;
                    /** @description Name for people; the object id where the token tells none. */
                    name: string;
                };
                /**
                 * Format: date-time
                 * @description When. ISO 8601 in UTC.
                 */
                at: string;
                /** @description Why; empty where nothing was said. */
                reason: string;
                /** @description Ticket under which it was agreed. */
                ticket: string | null;
                /** @description Decided by the mode enforce. */
                automatically: boolean;
            } | null;
            /** @description DELETE /exemptions/{id} takes it back. */
            amendmentId: string | null;
            /** @description After it was applied: traffic that it blocks. */
            findings: components["schemas"]["Finding"][];
        };
        /** @description Recommendations of all sources. */
        RecommendationList: {
            /** @description What brings the most first. */
            value: components["schemas"]["Recommendation"][];
            /** @description What holds of a source as a whole. */
            notes: {
                /** @description What is told, as one word. */
                code: string;
                /** @description What it means for the list. */
                message: string;
            }[];
        };
        /** @description A resource of the run that is shown. */
        SpokeResource: {
            /** @description The resource. ARM id. */
            id: string;
            /** @description Type of the resource, as ARM names it. */
            type: string;
            /** @description Steps of the guidance that the resource serves. */
            steps: number[];
            /**
             * @description What has to happen to the resource; none: it stands as it shall.
             * @enum {string}
             */
            action: "create" | "update" | "delete" | "none";
            /** @description Why it is written, each in a sentence. */
            reasons: string[];
            /**
             * @description How far the run is with it.
             * @enum {string}
             */
            status: "Pending" | "Running" | "Succeeded" | "Failed";
            /** @description When the run began with it. ISO 8601 in UTC; null where that has not been. */
            startedAt: string | null;
            /** @description When the run ended with it. ISO 8601 in UTC; null where that has not been. */
            finishedAt: string | null;
            /** @description Why it failed; else null. */
            error: components["schemas"]["Failure"] | null;
        };
        /** @description A step of the guidance and how far the run is with it. */
        Step: {
            /** @description Step of the guidance. */
            number: number;
            /** @description Name of the step, for people. */
            name: string;
            /**
             * @description Derived from the step's resources; NotApplicable: the spoke has nothing of it.
             * @enum {string}
             */
            status: "Pending" | "Running" | "Succeeded" | "Failed" | "NotApplicable";
            /** @description When its first resource was begun. ISO 8601 in UTC; null where that has not been. */
            startedAt: string | null;
            /** @description When its last resource was done. ISO 8601 in UTC; null where that has not been. */
            finishedAt: string | null;
            /** @description Its resources; one may serve several steps. */
            resources: components["schemas"]["SpokeResource"][];
            /** @description Findings of this step. */
            findings: components["schemas"]["Finding"][];
        };
        /**
         * @description Succeeded, Failed, Rejected and Removed are ends; Accepted, AwaitingApproval, Running, Removing are not.
         * @enum {string}
         */
        SpokeStatus: "Accepted" | "AwaitingApproval" | "Rejected" | "Running" | "Succeeded" | "Failed" | "Removing" | "Removed";
        /** @description What a requester has to say of a spoke. */
        SpokeRequest: {
            /** @description Name of the spoke; names its resources and cannot change. */
            name: string;
            /**
             * Format: uuid
             * @description Subscription in which it shall stand; cannot change.
             */
            subscriptionId: string;
            /** @description Azure region in which it shall stand; cannot change. */
            location: string;
            /**
             * @description Absent: hub-spoke where the platform has a hub in the location; cannot change.
             * @enum {string}
             */
            topology?: "hub-spoke" | "standalone";
            /**
             * @description Canonical RFC 1918 prefix, /16 to /24; absent: allocated from the platform's pool.
             * @default null
             */
            addressPrefix?: string | null;
            /**
             * Format: uuid
             * @description Object id of the security group that may manage the network.
             */
            networkManagersGroupId: string;
            /** @description The application that shall live in the spoke. */
            application: {
                /**
                 * @description Application (client) id in Microsoft Entra whose multi-factor policy is verified; absent: a finding.
                 * @default null
                 */
                clientId?: string | null;
                /**
                 * @description Host name under which an Application Gateway publishes it; only together with certificateSecretId.
                 * @default null
                 */
                hostName?: string | null;
                /**
                 * @description Key Vault secret of the gateway's certificate; only together with hostName.
                 * @default null
                 */
                certificateSecretId?: string | null;
                /** @description Tiers in the order of the traffic: each calls the next, on the next one's port. */
                tiers: {
                    /** @description Name of the tier; names its subnet, NSG and ASG. Not gateway, not plan. */
                    name: string;
                    /** @description TCP port on which the tier serves the tier before it. */
                    port: number;
                    /**
                     * @description It is reached through an internal load balancer.
                     * @default false
                     */
                    loadBalanced?: boolean;
                    /**
                     * @description Its machines talk to one another on the same port.
                     * @default false
                     */
                    replicates?: boolean;
                }[];
                /**
                 * @description Flows between tiers beyond that order.
                 * @default []
                 */
                flows?: {
                    /** @description Tier that calls. */
                    from: string;
                    /** @description Tier that is called. */
                    to: string;
                    /** @description Destination port. */
                    port: number;
                    /**
                     * @description Protocol; Tcp where absent.
                     * @default Tcp
                     * @enum {string}
                     */
                    protocol?: "Tcp" | "Udp";
                    /**
                     * @description What it is for; becomes the description of the security rule.
                     * @default
                     */
                    description?: string;
                }[];
            };
            /**
             * @description Who may manage the machines, from where.
             * @default []
             */
            managementAccess?: {
                /** @description Canonical IPv4 prefix inside the platform's management prefixes. */
                from: string;
                /** @description Tiers that are managed. */
                to: string[];
                /** @description Destination port. */
                port: number;
                /**
                 * @description Protocol; Tcp where absent.
                 * @default Tcp
                 * @enum {string}
                 */
                protocol?: "Tcp" | "Udp";
                /**
                 * @description What it is for; becomes the description of the security rule.
                 * @default
                 */
                description?: string;
            }[];
            /**
             * @description What the tiers may call outside the spoke.
             * @default []
             */
            outboundAccess?: {
                /** @description Tiers that call. */
                from: string[];
                /** @description IPv4 address, canonical IPv4 prefix, or host name (TCP, behind a firewall only). */
                to: string;
                /** @description Destination port. */
                port: number;
                /**
                 * @description Protocol; Tcp where absent.
                 * @default Tcp
                 * @enum {string}
                 */
                protocol?: "Tcp" | "Udp";
                /**
                 * @description What it is for; becomes the description of the security rule.
                 * @default
                 */
                description?: string;
            }[];
            /**
             * @description What may leave beside what is named; all but deny-all only behind the hub's firewall.
             * @default deny-all
             * @enum {string}
             */
            outbound?: "deny-all" | "deny-virtual-network" | "allow-all";
            /**
             * @description Tags for every resource that takes tags; at most 49.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
        };
        /** @description What somebody with the role Approve says to a run. */
        ApprovalDecision: {
            /**
             * @description What is decided.
             * @enum {string}
             */
            decision: "approve" | "reject";
            /**
             * @description Why; one line.
             * @default
             */
            comment?: string;
        };
        /** @description Whether a run may be carried out, as somebody else than who asked for it decides. */
        Approval: {
            /** @description The run that asks. */
            revision: number;
            /**
             * @description What became of it.
             * @enum {string}
             */
            status: "Pending" | "Approved" | "Rejected" | "Expired";
            /** @description Who asked for this run: they may not decide on it. */
            requestedBy: {
                /** @description Object id in Microsoft Entra. */
                objectId: string;
                /** @description Name for people; the object id where the token tells none. */
                name: string;
            };
            /**
             * Format: date-time
             * @description When it was asked for. ISO 8601 in UTC.
             */
            requestedAt: string;
            /** @description Until when somebody may decide: the time begins when the plan can be seen. ISO 8601 in UTC; null where that has not been. */
            expiresAt: string | null;
            request: components["schemas"]["SpokeRequest"];
            /** @description The addresses on which it is asked for. */
            addressPrefix: string;
            /** @description Who decided; null: nobody yet. */
            decidedBy: {
                /** @description Object id in Microsoft Entra. */
                objectId: string;
                /** @description Name for people; the object id where the token tells none. */
                name: string;
            } | null;
            /** @description When it was decided. ISO 8601 in UTC; null where that has not been. */
            decidedAt: string | null;
            /** @description What was said to it; empty where nothing was. */
            comment: string;
        };
        /** @description A spoke: its request, and how far its latest run is. */
        Spoke: {
            /** @description Name of the spoke. */
            name: string;
            request: components["schemas"]["SpokeRequest"];
            /** @description Whose spoke it is: who asked for it first. */
            requester: {
                /** @description Object id in Microsoft Entra. */
                objectId: string;
                /** @description Name for people; the object id where the token tells none. */
                name: string;
            };
            status: components["schemas"]["SpokeStatus"];
            /** @description Counts the runs. */
            revision: number;
            /** @description Prefix of the virtual network. */
            addressPrefix: string;
            /**
             * Format: date-time
             * @description When it was first asked for. ISO 8601 in UTC.
             */
            createdAt: string;
            /** @description When the latest run began. ISO 8601 in UTC; null where that has not been. */
            startedAt: string | null;
            /** @description When the latest run ended. ISO 8601 in UTC; null where that has not been. */
            finishedAt: string | null;
            /** @description The seven steps of the guidance, in order. */
            steps: components["schemas"]["Step"][];
            /** @description All resources of the run that is shown; empty until it is planned. */
            resources: components["schemas"]["SpokeResource"][];
            /** @description What a person should know, of this run and of the timers since. */
            findings: components["schemas"]["Finding"][];
            /** @description Of the run that is shown; null until it is planned. */
            criticalPath: {
                /** @description Seconds that the chain usually takes in Azure. */
                seconds: number;
                /** @description The chain, in order. */
                resources: {
                    /** @description The resource. ARM id. */
                    id: string;
                    /** @description Seconds that this resource usually takes in Azure. */
                    seconds: number;
                }[];
            } | null;
            /** @description Why the run ended without success; else null. */
            error: components["schemas"]["Failure"] | null;
            /** @description Of the latest run: the same id stands in the tool's log and in Azure's activity log. */
            correlationId: string | null;
            /** @description Of the latest run that needed one. */
            approval: components["schemas"]["Approval"] | null;
            /** @description While the run awaits approval: what it would change. It is planned anew when approved. */
            changes?: components["schemas"]["Change"][];
        };
        /** @description All spokes. */
        SpokeList: {
            /** @description The spokes, one line each. */
            value: {
                /** @description Name of the spoke. */
                name: string;
                status: components["schemas"]["SpokeStatus"];
                /** @description Subscription in which it stands. */
                subscriptionId: string;
                /** @description Azure region. */
                location: string;
                /** @description Prefix of the virtual network. */
                addressPrefix: string;
            }[];
        };
    };
    responses: {
        /** @description The body or the query breaks rules: errors lists every violation. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "The request has 2 violations.",
                 *       "status": 400,
                 *       "errors": [
                 *         {
                 *           "pointer": "/application/tiers/0/prot",
                 *           "code": "unknown-field",
                 *           "message": "This field is not known: remove it."
                 *         },
                 *         {
                 *           "pointer": "/addressPrefix",
                 *           "code": "prefix-length",
                 *           "message": "Must be /16 to /24, not /26."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is not signed in. */
        Unauthorized: {
            headers: {
                /** @description Bearer. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Sign in first.",
                 *       "status": 401,
                 *       "errors": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller's roles or groups do not allow this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "This needs the role Request.",
                 *       "status": 403,
                 *       "errors": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is nothing of this name or id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "There is no spoke of this name.",
                 *       "status": 404,
                 *       "errors": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The name, the addresses, what stands or a run at work is in the way. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "The address prefix is not free.",
                 *       "status": 409,
                 *       "errors": [
                 *         {
                 *           "pointer": "/addressPrefix",
                 *           "code": "AddressPrefixOverlaps",
                 *           "message": "It overlaps 10.20.0.0/22, which is the spoke orders-prod."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The spoke has changed since it was read: read it again. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "The spoke has changed since it was read.",
                 *       "status": 412,
                 *       "errors": [
                 *         {
                 *           "pointer": "",
                 *           "code": "PreconditionFailed",
                 *           "message": "Read it again, then decide."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 256 KiB. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "The body is larger than 256 KiB.",
                 *       "status": 413,
                 *       "errors": [
                 *         {
                 *           "pointer": "",
                 *           "code": "BodyTooLarge",
                 *           "message": "Send at most 262,144 bytes."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The tool or its storage failed unexpectedly: its log has the reason. */
        Unexpected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "The tool failed unexpectedly; the log has the reason.",
                 *       "status": 500,
                 *       "errors": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Azure or the platform refuses the tool itself: its owner has to do what errors says. */
        RefusedToTheTool: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "The client does not have authorization to perform action 'Microsoft.Network/virtualNetworks/read'.",
                 *       "status": 502,
                 *       "errors": [
                 *         {
                 *           "pointer": "",
                 *           "code": "AuthorizationFailed",
                 *           "message": "Grant the tool's identity a role that holds the action named in the message."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Azure could not be asked: the same call again after Retry-After. */
        Unavailable: {
            headers: {
                /** @description Seconds to wait; absent where nobody knows: then some ten seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Azure did not answer in time.",
                 *       "status": 503,
                 *       "errors": [
                 *         {
                 *           "pointer": "",
                 *           "code": "AzureTooSlow",
                 *           "message": "Azure did not answer in time. Try again in a while."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listSpokes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The spokes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "value": [
                     *         {
                     *           "name": "orders-prod",
                     *           "status": "Succeeded",
                     *           "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *           "location": "westeurope",
                     *           "addressPrefix": "10.20.0.0/22"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SpokeList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestSpoke: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "orders-prod",
                 *       "subscriptionId": "11111111-1111-1111-1111-111111111111",
                 *       "location": "westeurope",
                 *       "topology": "hub-spoke",
                 *       "addressPrefix": "10.20.0.0/22",
                 *       "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                 *       "application": {
                 *         "clientId": "33333333-3333-3333-3333-333333333333",
                 *         "hostName": "orders.contoso.com",
                 *         "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                 *         "tiers": [
                 *           {
                 *             "name": "front",
                 *             "port": 443
                 *           },
                 *           {
                 *             "name": "app",
                 *             "port": 443,
                 *             "loadBalanced": true
                 *           },
                 *           {
                 *             "name": "data",
                 *             "port": 1433,
                 *             "loadBalanced": true,
                 *             "replicates": true
                 *           }
                 *         ],
                 *         "flows": [
                 *           {
                 *             "from": "front",
                 *             "to": "data",
                 *             "port": 6379,
                 *             "protocol": "Tcp",
                 *             "description": "Cache"
                 *           }
                 *         ]
                 *       },
                 *       "managementAccess": [
                 *         {
                 *           "from": "10.0.1.0/26",
                 *           "to": [
                 *             "front",
                 *             "app",
                 *             "data"
                 *           ],
                 *           "port": 443,
                 *           "protocol": "Tcp",
                 *           "description": "Patch management"
                 *         }
                 *       ],
                 *       "outboundAccess": [
                 *         {
                 *           "from": [
                 *             "app"
                 *           ],
                 *           "to": "api.payments.example",
                 *           "port": 443,
                 *           "protocol": "Tcp",
                 *           "description": "Payment provider"
                 *         }
                 *       ],
                 *       "outbound": "deny-all",
                 *       "tags": {
                 *         "owner": "orders-team"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpokeRequest"];
            };
        };
        responses: {
            /** @description The spoke stands already as asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders-prod",
                     *       "request": {
                     *         "name": "orders-prod",
                     *         "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *         "location": "westeurope",
                     *         "topology": "hub-spoke",
                     *         "addressPrefix": "10.20.0.0/22",
                     *         "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                     *         "application": {
                     *           "clientId": "33333333-3333-3333-3333-333333333333",
                     *           "hostName": "orders.contoso.com",
                     *           "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                     *           "tiers": [
                     *             {
                     *               "name": "front",
                     *               "port": 443
                     *             },
                     *             {
                     *               "name": "app",
                     *               "port": 443,
                     *               "loadBalanced": true
                     *             },
                     *             {
                     *               "name": "data",
                     *               "port": 1433,
                     *               "loadBalanced": true,
                     *               "replicates": true
                     *             }
                     *           ],
                     *           "flows": [
                     *             {
                     *               "from": "front",
                     *               "to": "data",
                     *               "port": 6379,
                     *               "protocol": "Tcp",
                     *               "description": "Cache"
                     *             }
                     *           ]
                     *         },
                     *         "managementAccess": [
                     *           {
                     *             "from": "10.0.1.0/26",
                     *             "to": [
                     *               "front",
                     *               "app",
                     *               "data"
                     *             ],
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Patch management"
                     *           }
                     *         ],
                     *         "outboundAccess": [
                     *           {
                     *             "from": [
                     *               "app"
                     *             ],
                     *             "to": "api.payments.example",
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Payment provider"
                     *           }
                     *         ],
                     *         "outbound": "deny-all",
                     *         "tags": {
                     *           "owner": "orders-team"
                     *         }
                     *       },
                     *       "requester": {
                     *         "objectId": "77777777-7777-4777-8777-000000000002",
                     *         "name": "requester@contoso.com"
                     *       },
                     *       "status": "Running",
                     *       "revision": 1,
                     *       "addressPrefix": "10.20.0.0/22",
                     *       "correlationId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                     *       "createdAt": "2026-11-27T10:00:00.000Z",
                     *       "startedAt": "2026-11-27T10:00:01.000Z",
                     *       "finishedAt": null,
                     *       "steps": [
                     *         {
                     *           "number": 1,
                     *           "name": "Role-based access control",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 2,
                     *           "name": "Own resource group",
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "resources": [
                     *             {
                     *               "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *               "type": "Microsoft.Resources/resourceGroups",
                     *               "steps": [
                     *                 2
                     *               ],
                     *               "action": "create",
                     *               "reasons": [
                     *                 "It does not stand."
                     *               ],
                     *               "status": "Running",
                     *               "startedAt": "2026-11-27T10:00:02.000Z",
                     *               "finishedAt": null,
                     *               "error": null
                     *             }
                     *           ],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 3,
                     *           "name": "Network security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 4,
                     *           "name": "Application security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 5,
                     *           "name": "Secure traffic within the virtual network",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 6,
                     *           "name": "Secure access to the virtual network and application",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 7,
                     *           "name": "Advanced threat detection and protection",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         }
                     *       ],
                     *       "resources": [
                     *         {
                     *           "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *           "type": "Microsoft.Resources/resourceGroups",
                     *           "steps": [
                     *             2
                     *           ],
                     *           "action": "create",
                     *           "reasons": [
                     *             "It does not stand."
                     *           ],
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "error": null
                     *         }
                     *       ],
                     *       "findings": [],
                     *       "criticalPath": {
                     *         "seconds": 1,
                     *         "resources": [
                     *           {
                     *             "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *             "seconds": 1
                     *           }
                     *         ]
                     *       },
                     *       "error": null,
                     *       "approval": null
                     *     }
                     */
                    "application/json": components["schemas"]["Spoke"];
                };
            };
            /** @description Accepted: the spoke is being made. */
            202: {
                headers: {
                    /** @description Path at which the progress can be read: /api/spokes/{name}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders-prod",
                     *       "request": {
                     *         "name": "orders-prod",
                     *         "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *         "location": "westeurope",
                     *         "topology": "hub-spoke",
                     *         "addressPrefix": "10.20.0.0/22",
                     *         "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                     *         "application": {
                     *           "clientId": "33333333-3333-3333-3333-333333333333",
                     *           "hostName": "orders.contoso.com",
                     *           "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                     *           "tiers": [
                     *             {
                     *               "name": "front",
                     *               "port": 443
                     *             },
                     *             {
                     *               "name": "app",
                     *               "port": 443,
                     *               "loadBalanced": true
                     *             },
                     *             {
                     *               "name": "data",
                     *               "port": 1433,
                     *               "loadBalanced": true,
                     *               "replicates": true
                     *             }
                     *           ],
                     *           "flows": [
                     *             {
                     *               "from": "front",
                     *               "to": "data",
                     *               "port": 6379,
                     *               "protocol": "Tcp",
                     *               "description": "Cache"
                     *             }
                     *           ]
                     *         },
                     *         "managementAccess": [
                     *           {
                     *             "from": "10.0.1.0/26",
                     *             "to": [
                     *               "front",
                     *               "app",
                     *               "data"
                     *             ],
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Patch management"
                     *           }
                     *         ],
                     *         "outboundAccess": [
                     *           {
                     *             "from": [
                     *               "app"
                     *             ],
                     *             "to": "api.payments.example",
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Payment provider"
                     *           }
                     *         ],
                     *         "outbound": "deny-all",
                     *         "tags": {
                     *           "owner": "orders-team"
                     *         }
                     *       },
                     *       "requester": {
                     *         "objectId": "77777777-7777-4777-8777-000000000002",
                     *         "name": "requester@contoso.com"
                     *       },
                     *       "status": "Running",
                     *       "revision": 1,
                     *       "addressPrefix": "10.20.0.0/22",
                     *       "correlationId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                     *       "createdAt": "2026-11-27T10:00:00.000Z",
                     *       "startedAt": "2026-11-27T10:00:01.000Z",
                     *       "finishedAt": null,
                     *       "steps": [
                     *         {
                     *           "number": 1,
                     *           "name": "Role-based access control",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 2,
                     *           "name": "Own resource group",
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "resources": [
                     *             {
                     *               "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *               "type": "Microsoft.Resources/resourceGroups",
                     *               "steps": [
                     *                 2
                     *               ],
                     *               "action": "create",
                     *               "reasons": [
                     *                 "It does not stand."
                     *               ],
                     *               "status": "Running",
                     *               "startedAt": "2026-11-27T10:00:02.000Z",
                     *               "finishedAt": null,
                     *               "error": null
                     *             }
                     *           ],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 3,
                     *           "name": "Network security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 4,
                     *           "name": "Application security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 5,
                     *           "name": "Secure traffic within the virtual network",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 6,
                     *           "name": "Secure access to the virtual network and application",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 7,
                     *           "name": "Advanced threat detection and protection",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         }
                     *       ],
                     *       "resources": [
                     *         {
                     *           "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *           "type": "Microsoft.Resources/resourceGroups",
                     *           "steps": [
                     *             2
                     *           ],
                     *           "action": "create",
                     *           "reasons": [
                     *             "It does not stand."
                     *           ],
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "error": null
                     *         }
                     *       ],
                     *       "findings": [],
                     *       "criticalPath": {
                     *         "seconds": 1,
                     *         "resources": [
                     *           {
                     *             "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *             "seconds": 1
                     *           }
                     *         ]
                     *       },
                     *       "error": null,
                     *       "approval": null
                     *     }
                     */
                    "application/json": components["schemas"]["Spoke"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewSpoke: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "orders-prod",
                 *       "subscriptionId": "11111111-1111-1111-1111-111111111111",
                 *       "location": "westeurope",
                 *       "topology": "hub-spoke",
                 *       "addressPrefix": "10.20.0.0/22",
                 *       "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                 *       "application": {
                 *         "clientId": "33333333-3333-3333-3333-333333333333",
                 *         "hostName": "orders.contoso.com",
                 *         "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                 *         "tiers": [
                 *           {
                 *             "name": "front",
                 *             "port": 443
                 *           },
                 *           {
                 *             "name": "app",
                 *             "port": 443,
                 *             "loadBalanced": true
                 *           },
                 *           {
                 *             "name": "data",
                 *             "port": 1433,
                 *             "loadBalanced": true,
                 *             "replicates": true
                 *           }
                 *         ],
                 *         "flows": [
                 *           {
                 *             "from": "front",
                 *             "to": "data",
                 *             "port": 6379,
                 *             "protocol": "Tcp",
                 *             "description": "Cache"
                 *           }
                 *         ]
                 *       },
                 *       "managementAccess": [
                 *         {
                 *           "from": "10.0.1.0/26",
                 *           "to": [
                 *             "front",
                 *             "app",
                 *             "data"
                 *           ],
                 *           "port": 443,
                 *           "protocol": "Tcp",
                 *           "description": "Patch management"
                 *         }
                 *       ],
                 *       "outboundAccess": [
                 *         {
                 *           "from": [
                 *             "app"
                 *           ],
                 *           "to": "api.payments.example",
                 *           "port": 443,
                 *           "protocol": "Tcp",
                 *           "description": "Payment provider"
                 *         }
                 *       ],
                 *       "outbound": "deny-all",
                 *       "tags": {
                 *         "owner": "orders-team"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpokeRequest"];
            };
        };
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpokePlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    readSpoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the spoke.
                 * @example orders-prod
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The spoke. */
            200: {
                headers: {
                    /** @description Version of the spoke, for If-Match of a change. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders-prod",
                     *       "request": {
                     *         "name": "orders-prod",
                     *         "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *         "location": "westeurope",
                     *         "topology": "hub-spoke",
                     *         "addressPrefix": "10.20.0.0/22",
                     *         "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                     *         "application": {
                     *           "clientId": "33333333-3333-3333-3333-333333333333",
                     *           "hostName": "orders.contoso.com",
                     *           "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                     *           "tiers": [
                     *             {
                     *               "name": "front",
                     *               "port": 443
                     *             },
                     *             {
                     *               "name": "app",
                     *               "port": 443,
                     *               "loadBalanced": true
                     *             },
                     *             {
                     *               "name": "data",
                     *               "port": 1433,
                     *               "loadBalanced": true,
                     *               "replicates": true
                     *             }
                     *           ],
                     *           "flows": [
                     *             {
                     *               "from": "front",
                     *               "to": "data",
                     *               "port": 6379,
                     *               "protocol": "Tcp",
                     *               "description": "Cache"
                     *             }
                     *           ]
                     *         },
                     *         "managementAccess": [
                     *           {
                     *             "from": "10.0.1.0/26",
                     *             "to": [
                     *               "front",
                     *               "app",
                     *               "data"
                     *             ],
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Patch management"
                     *           }
                     *         ],
                     *         "outboundAccess": [
                     *           {
                     *             "from": [
                     *               "app"
                     *             ],
                     *             "to": "api.payments.example",
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Payment provider"
                     *           }
                     *         ],
                     *         "outbound": "deny-all",
                     *         "tags": {
                     *           "owner": "orders-team"
                     *         }
                     *       },
                     *       "requester": {
                     *         "objectId": "77777777-7777-4777-8777-000000000002",
                     *         "name": "requester@contoso.com"
                     *       },
                     *       "status": "Running",
                     *       "revision": 1,
                     *       "addressPrefix": "10.20.0.0/22",
                     *       "correlationId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                     *       "createdAt": "2026-11-27T10:00:00.000Z",
                     *       "startedAt": "2026-11-27T10:00:01.000Z",
                     *       "finishedAt": null,
                     *       "steps": [
                     *         {
                     *           "number": 1,
                     *           "name": "Role-based access control",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 2,
                     *           "name": "Own resource group",
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "resources": [
                     *             {
                     *               "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *               "type": "Microsoft.Resources/resourceGroups",
                     *               "steps": [
                     *                 2
                     *               ],
                     *               "action": "create",
                     *               "reasons": [
                     *                 "It does not stand."
                     *               ],
                     *               "status": "Running",
                     *               "startedAt": "2026-11-27T10:00:02.000Z",
                     *               "finishedAt": null,
                     *               "error": null
                     *             }
                     *           ],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 3,
                     *           "name": "Network security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 4,
                     *           "name": "Application security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 5,
                     *           "name": "Secure traffic within the virtual network",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 6,
                     *           "name": "Secure access to the virtual network and application",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 7,
                     *           "name": "Advanced threat detection and protection",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         }
                     *       ],
                     *       "resources": [
                     *         {
                     *           "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *           "type": "Microsoft.Resources/resourceGroups",
                     *           "steps": [
                     *             2
                     *           ],
                     *           "action": "create",
                     *           "reasons": [
                     *             "It does not stand."
                     *           ],
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "error": null
                     *         }
                     *       ],
                     *       "findings": [],
                     *       "criticalPath": {
                     *         "seconds": 1,
                     *         "resources": [
                     *           {
                     *             "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *             "seconds": 1
                     *           }
                     *         ]
                     *       },
                     *       "error": null,
                     *       "approval": null
                     *     }
                     */
                    "application/json": components["schemas"]["Spoke"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSpoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the spoke as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Name of the spoke.
                 * @example orders-prod
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "orders-prod",
                 *       "subscriptionId": "11111111-1111-1111-1111-111111111111",
                 *       "location": "westeurope",
                 *       "topology": "hub-spoke",
                 *       "addressPrefix": "10.20.0.0/22",
                 *       "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                 *       "application": {
                 *         "clientId": "33333333-3333-3333-3333-333333333333",
                 *         "hostName": "orders.contoso.com",
                 *         "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                 *         "tiers": [
                 *           {
                 *             "name": "front",
                 *             "port": 443
                 *           },
                 *           {
                 *             "name": "app",
                 *             "port": 443,
                 *             "loadBalanced": true
                 *           },
                 *           {
                 *             "name": "data",
                 *             "port": 1433,
                 *             "loadBalanced": true,
                 *             "replicates": true
                 *           }
                 *         ],
                 *         "flows": [
                 *           {
                 *             "from": "front",
                 *             "to": "data",
                 *             "port": 6379,
                 *             "protocol": "Tcp",
                 *             "description": "Cache"
                 *           }
                 *         ]
                 *       },
                 *       "managementAccess": [
                 *         {
                 *           "from": "10.0.1.0/26",
                 *           "to": [
                 *             "front",
                 *             "app",
                 *             "data"
                 *           ],
                 *           "port": 443,
                 *           "protocol": "Tcp",
                 *           "description": "Patch management"
                 *         }
                 *       ],
                 *       "outboundAccess": [
                 *         {
                 *           "from": [
                 *             "app"
                 *           ],
                 *           "to": "api.payments.example",
                 *           "port": 443,
                 *           "protocol": "Tcp",
                 *           "description": "Payment provider"
                 *         }
                 *       ],
                 *       "outbound": "deny-all",
                 *       "tags": {
                 *         "owner": "orders-team"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpokeRequest"];
            };
        };
        responses: {
            /** @description Accepted: the spoke is being brought to what is asked for. */
            202: {
                headers: {
                    /** @description Path at which the progress can be read: /api/spokes/{name}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders-prod",
                     *       "request": {
                     *         "name": "orders-prod",
                     *         "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *         "location": "westeurope",
                     *         "topology": "hub-spoke",
                     *         "addressPrefix": "10.20.0.0/22",
                     *         "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                     *         "application": {
                     *           "clientId": "33333333-3333-3333-3333-333333333333",
                     *           "hostName": "orders.contoso.com",
                     *           "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                     *           "tiers": [
                     *             {
                     *               "name": "front",
                     *               "port": 443
                     *             },
                     *             {
                     *               "name": "app",
                     *               "port": 443,
                     *               "loadBalanced": true
                     *             },
                     *             {
                     *               "name": "data",
                     *               "port": 1433,
                     *               "loadBalanced": true,
                     *               "replicates": true
                     *             }
                     *           ],
                     *           "flows": [
                     *             {
                     *               "from": "front",
                     *               "to": "data",
                     *               "port": 6379,
                     *               "protocol": "Tcp",
                     *               "description": "Cache"
                     *             }
                     *           ]
                     *         },
                     *         "managementAccess": [
                     *           {
                     *             "from": "10.0.1.0/26",
                     *             "to": [
                     *               "front",
                     *               "app",
                     *               "data"
                     *             ],
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Patch management"
                     *           }
                     *         ],
                     *         "outboundAccess": [
                     *           {
                     *             "from": [
                     *               "app"
                     *             ],
                     *             "to": "api.payments.example",
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Payment provider"
                     *           }
                     *         ],
                     *         "outbound": "deny-all",
                     *         "tags": {
                     *           "owner": "orders-team"
                     *         }
                     *       },
                     *       "requester": {
                     *         "objectId": "77777777-7777-4777-8777-000000000002",
                     *         "name": "requester@contoso.com"
                     *       },
                     *       "status": "Running",
                     *       "revision": 1,
                     *       "addressPrefix": "10.20.0.0/22",
                     *       "correlationId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                     *       "createdAt": "2026-11-27T10:00:00.000Z",
                     *       "startedAt": "2026-11-27T10:00:01.000Z",
                     *       "finishedAt": null,
                     *       "steps": [
                     *         {
                     *           "number": 1,
                     *           "name": "Role-based access control",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 2,
                     *           "name": "Own resource group",
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "resources": [
                     *             {
                     *               "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *               "type": "Microsoft.Resources/resourceGroups",
                     *               "steps": [
                     *                 2
                     *               ],
                     *               "action": "create",
                     *               "reasons": [
                     *                 "It does not stand."
                     *               ],
                     *               "status": "Running",
                     *               "startedAt": "2026-11-27T10:00:02.000Z",
                     *               "finishedAt": null,
                     *               "error": null
                     *             }
                     *           ],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 3,
                     *           "name": "Network security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 4,
                     *           "name": "Application security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 5,
                     *           "name": "Secure traffic within the virtual network",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 6,
                     *           "name": "Secure access to the virtual network and application",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 7,
                     *           "name": "Advanced threat detection and protection",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         }
                     *       ],
                     *       "resources": [
                     *         {
                     *           "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *           "type": "Microsoft.Resources/resourceGroups",
                     *           "steps": [
                     *             2
                     *           ],
                     *           "action": "create",
                     *           "reasons": [
                     *             "It does not stand."
                     *           ],
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "error": null
                     *         }
                     *       ],
                     *       "findings": [],
                     *       "criticalPath": {
                     *         "seconds": 1,
                     *         "resources": [
                     *           {
                     *             "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *             "seconds": 1
                     *           }
                     *         ]
                     *       },
                     *       "error": null,
                     *       "approval": null
                     *     }
                     */
                    "application/json": components["schemas"]["Spoke"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["ContentTooLarge"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeSpoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the spoke.
                 * @example orders-prod
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: the spoke is being removed. */
            202: {
                headers: {
                    /** @description Path at which the progress can be read: /api/spokes/{name}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders-prod",
                     *       "request": {
                     *         "name": "orders-prod",
                     *         "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *         "location": "westeurope",
                     *         "topology": "hub-spoke",
                     *         "addressPrefix": "10.20.0.0/22",
                     *         "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                     *         "application": {
                     *           "clientId": "33333333-3333-3333-3333-333333333333",
                     *           "hostName": "orders.contoso.com",
                     *           "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                     *           "tiers": [
                     *             {
                     *               "name": "front",
                     *               "port": 443
                     *             },
                     *             {
                     *               "name": "app",
                     *               "port": 443,
                     *               "loadBalanced": true
                     *             },
                     *             {
                     *               "name": "data",
                     *               "port": 1433,
                     *               "loadBalanced": true,
                     *               "replicates": true
                     *             }
                     *           ],
                     *           "flows": [
                     *             {
                     *               "from": "front",
                     *               "to": "data",
                     *               "port": 6379,
                     *               "protocol": "Tcp",
                     *               "description": "Cache"
                     *             }
                     *           ]
                     *         },
                     *         "managementAccess": [
                     *           {
                     *             "from": "10.0.1.0/26",
                     *             "to": [
                     *               "front",
                     *               "app",
                     *               "data"
                     *             ],
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Patch management"
                     *           }
                     *         ],
                     *         "outboundAccess": [
                     *           {
                     *             "from": [
                     *               "app"
                     *             ],
                     *             "to": "api.payments.example",
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Payment provider"
                     *           }
                     *         ],
                     *         "outbound": "deny-all",
                     *         "tags": {
                     *           "owner": "orders-team"
                     *         }
                     *       },
                     *       "requester": {
                     *         "objectId": "77777777-7777-4777-8777-000000000002",
                     *         "name": "requester@contoso.com"
                     *       },
                     *       "status": "Running",
                     *       "revision": 1,
                     *       "addressPrefix": "10.20.0.0/22",
                     *       "correlationId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                     *       "createdAt": "2026-11-27T10:00:00.000Z",
                     *       "startedAt": "2026-11-27T10:00:01.000Z",
                     *       "finishedAt": null,
                     *       "steps": [
                     *         {
                     *           "number": 1,
                     *           "name": "Role-based access control",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 2,
                     *           "name": "Own resource group",
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "resources": [
                     *             {
                     *               "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *               "type": "Microsoft.Resources/resourceGroups",
                     *               "steps": [
                     *                 2
                     *               ],
                     *               "action": "create",
                     *               "reasons": [
                     *                 "It does not stand."
                     *               ],
                     *               "status": "Running",
                     *               "startedAt": "2026-11-27T10:00:02.000Z",
                     *               "finishedAt": null,
                     *               "error": null
                     *             }
                     *           ],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 3,
                     *           "name": "Network security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 4,
                     *           "name": "Application security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 5,
                     *           "name": "Secure traffic within the virtual network",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 6,
                     *           "name": "Secure access to the virtual network and application",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 7,
                     *           "name": "Advanced threat detection and protection",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         }
                     *       ],
                     *       "resources": [
                     *         {
                     *           "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *           "type": "Microsoft.Resources/resourceGroups",
                     *           "steps": [
                     *             2
                     *           ],
                     *           "action": "create",
                     *           "reasons": [
                     *             "It does not stand."
                     *           ],
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "error": null
                     *         }
                     *       ],
                     *       "findings": [],
                     *       "criticalPath": {
                     *         "seconds": 1,
                     *         "resources": [
                     *           {
                     *             "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *             "seconds": 1
                     *           }
                     *         ]
                     *       },
                     *       "error": null,
                     *       "approval": null
                     *     }
                     */
                    "application/json": components["schemas"]["Spoke"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    readConnectivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the spoke.
                 * @example orders-prod
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The matrix of flows, and packets that say otherwise. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connectivity"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    readTopology: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the spoke.
                 * @example orders-prod
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the spoke as it was read; 412 where it has changed since. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Name of the spoke.
                 * @example orders-prod
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "approve",
                 *       "comment": "As agreed in the review."
                 *     }
                 */
                "application/json": components["schemas"]["ApprovalDecision"];
            };
        };
        responses: {
            /** @description The decision is kept and the run goes on with it. The same again by the same person: the same answer. */
            202: {
                headers: {
                    /** @description Path at which the progress can be read: /api/spokes/{name}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders-prod",
                     *       "request": {
                     *         "name": "orders-prod",
                     *         "subscriptionId": "11111111-1111-1111-1111-111111111111",
                     *         "location": "westeurope",
                     *         "topology": "hub-spoke",
                     *         "addressPrefix": "10.20.0.0/22",
                     *         "networkManagersGroupId": "22222222-2222-2222-2222-222222222222",
                     *         "application": {
                     *           "clientId": "33333333-3333-3333-3333-333333333333",
                     *           "hostName": "orders.contoso.com",
                     *           "certificateSecretId": "https://kv-platform.vault.azure.net/secrets/orders",
                     *           "tiers": [
                     *             {
                     *               "name": "front",
                     *               "port": 443
                     *             },
                     *             {
                     *               "name": "app",
                     *               "port": 443,
                     *               "loadBalanced": true
                     *             },
                     *             {
                     *               "name": "data",
                     *               "port": 1433,
                     *               "loadBalanced": true,
                     *               "replicates": true
                     *             }
                     *           ],
                     *           "flows": [
                     *             {
                     *               "from": "front",
                     *               "to": "data",
                     *               "port": 6379,
                     *               "protocol": "Tcp",
                     *               "description": "Cache"
                     *             }
                     *           ]
                     *         },
                     *         "managementAccess": [
                     *           {
                     *             "from": "10.0.1.0/26",
                     *             "to": [
                     *               "front",
                     *               "app",
                     *               "data"
                     *             ],
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Patch management"
                     *           }
                     *         ],
                     *         "outboundAccess": [
                     *           {
                     *             "from": [
                     *               "app"
                     *             ],
                     *             "to": "api.payments.example",
                     *             "port": 443,
                     *             "protocol": "Tcp",
                     *             "description": "Payment provider"
                     *           }
                     *         ],
                     *         "outbound": "deny-all",
                     *         "tags": {
                     *           "owner": "orders-team"
                     *         }
                     *       },
                     *       "requester": {
                     *         "objectId": "77777777-7777-4777-8777-000000000002",
                     *         "name": "requester@contoso.com"
                     *       },
                     *       "status": "Running",
                     *       "revision": 1,
                     *       "addressPrefix": "10.20.0.0/22",
                     *       "correlationId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                     *       "createdAt": "2026-11-27T10:00:00.000Z",
                     *       "startedAt": "2026-11-27T10:00:01.000Z",
                     *       "finishedAt": null,
                     *       "steps": [
                     *         {
                     *           "number": 1,
                     *           "name": "Role-based access control",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 2,
                     *           "name": "Own resource group",
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "resources": [
                     *             {
                     *               "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *               "type": "Microsoft.Resources/resourceGroups",
                     *               "steps": [
                     *                 2
                     *               ],
                     *               "action": "create",
                     *               "reasons": [
                     *                 "It does not stand."
                     *               ],
                     *               "status": "Running",
                     *               "startedAt": "2026-11-27T10:00:02.000Z",
                     *               "finishedAt": null,
                     *               "error": null
                     *             }
                     *           ],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 3,
                     *           "name": "Network security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 4,
                     *           "name": "Application security groups",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 5,
                     *           "name": "Secure traffic within the virtual network",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 6,
                     *           "name": "Secure access to the virtual network and application",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         },
                     *         {
                     *           "number": 7,
                     *           "name": "Advanced threat detection and protection",
                     *           "status": "Pending",
                     *           "startedAt": null,
                     *           "finishedAt": null,
                     *           "resources": [],
                     *           "findings": []
                     *         }
                     *       ],
                     *       "resources": [
                     *         {
                     *           "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *           "type": "Microsoft.Resources/resourceGroups",
                     *           "steps": [
                     *             2
                     *           ],
                     *           "action": "create",
                     *           "reasons": [
                     *             "It does not stand."
                     *           ],
                     *           "status": "Running",
                     *           "startedAt": "2026-11-27T10:00:02.000Z",
                     *           "finishedAt": null,
                     *           "error": null
                     *         }
                     *       ],
                     *       "findings": [],
                     *       "criticalPath": {
                     *         "seconds": 1,
                     *         "resources": [
                     *           {
                     *             "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
                     *             "seconds": 1
                     *           }
                     *         ]
                     *       },
                     *       "error": null,
                     *       "approval": null
                     *     }
                     */
                    "application/json": components["schemas"]["Spoke"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["ContentTooLarge"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description Changes of this spoke alone. */
                spoke?: string;
                /** @description At most so many. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkChangeList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRecommendations: {
        parameters: {
            query?: {
                /** @description Of this spoke alone. */
                spoke?: string;
                /** @description Of this source alone. */
                source?: "flow-logs" | "defender-assessment" | "adaptive-network-hardening" | "just-in-time";
                /** @description With this status alone. */
                status?: "Open" | "Accepted" | "Applied" | "Gone";
                /** @description Against this MITRE ATT&CK tactic. */
                tactic?: string;
                /** @description About resources of this resource group. */
                resourceGroup?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recommendations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    acceptRecommendation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the recommendation, as GET /recommendations tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "Agreed in the review.",
                 *       "ticket": "NET-42"
                 *     }
                 */
                "application/json": components["schemas"]["RecommendationAcceptance"];
            };
        };
        responses: {
            /** @description It is carried out, or was by the same person before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            /** @description An amendment of the spoke stands, and the spoke is run again. */
            202: {
                headers: {
                    /** @description Path at which the progress can be read: /api/spokes/{name}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["RefusedToTheTool"];
            503: components["responses"]["Unavailable"];
        };
    };
    undoChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the change, as GET /changes tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exemption stands, and the change is written again. The same again: the same answer. */
            202: {
                headers: {
                    /** @description Path of the exemption: /api/exemptions/{id}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkChange"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    readCompliance: {
        parameters: {
            query?: {
                /** @description Of this spoke alone. */
                spoke?: string;
                /** @description This control alone, like ZT-5.6. */
                control?: string;
                /** @description Controls with this status alone. */
                status?: "pass" | "fail" | "exempt" | "notApplicable" | "unknown";
                /** @description Who asks for text/html by Accept gets the page too. */
                format?: "json" | "html";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Verdicts, score, the latest sweep, and the score's history. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Compliance"];
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    startSweep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sweep that is under way. */
            202: {
                headers: {
                    /** @description Where its result will be: /api/compliance. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplianceSweep"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExemptions: {
        parameters: {
            query?: {
                /** @description Of this spoke alone. */
                spoke?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those in force, and those that expired within 30 days. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExemptionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createExemption: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "spoke": "orders-prod",
                 *       "control": "ZT-P.9",
                 *       "reason": "The machines' size does not support encryption yet.",
                 *       "ticket": "CHG-1042",
                 *       "expiresAt": "2027-01-31T12:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["ExemptionRequest"];
            };
        };
        responses: {
            /** @description In force from now on. */
            201: {
                headers: {
                    /** @description Path of the exemption: /api/exemptions/{id}. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exemption"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteExemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the exemption, as GET /exemptions or a Location tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It counts no more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    readOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
}
