/** Every bound, named. Work is limited by counted steps, never by time. */

/** Events (timers, process exits, requests, run-queue passes) that one simulation may handle. */
export const SIMULATION_STEPS = 200_000
/** Turns of the manager's work queues between two events. */
export const QUEUE_TURNS = 100_000
/** Jobs that one emptying of the run queue may run for each unit, before it is taken to have no end. */
export const RUNS_PER_UNIT = 32
/** Happenings one trace may hold. */
export const TRACE_LENGTH = 500_000
/** Jobs that one job's end may take along, one inside the other: OnFailure= can make a ring of them. */
export const JOB_RECURSION = 100
/** Rounds of cycle breaking, merging and garbage collection in one transaction. */
export const TRANSACTION_ROUNDS = 50_000

/** Bytes that are sent to an edge: what is larger is a whole journal, not the lines around one incident. */
export const MAX_PASTE_BYTES = 1024 * 1024
/** UTF-16 units of a paste that are read. */
export const PASTE_LENGTH = 64 * 1024 * 1024
/** Lines of a paste, and characters of one line, that are read. */
export const PASTE_LINES = 1_000_000
export const LINE_LENGTH = 65_536
/** UTF-16 units that are kept of a log too long to be read whole: its last entries, and the first of what is no log. */
export const SIEVED_LENGTH = 1024 * 1024
/** UTF-16 units of such a log that may wait to be searched: the more, the less of it is searched at all. */
export const UNSEARCHED_LENGTH = 32 * 1024 * 1024
/** Facts taken from one paste. */
export const FACTS = 50_000
/** Of them, lines of programs other than systemd; the last ones are left out first. */
export const OTHER_LOGS = 20_000
/** Lines that one unit file, status block or other passage may have. */
export const PASSAGE_LINES = 20_000
/** Lines that are looked at for the end of something before it is their turn, in a whole paste. */
export const LOOKAHEAD_LINES = 2_000_000
/** Lines that wrapped text is tried to be joined from. */
export const WRAPPED_LINES = 6
/** Characters of people's own sentences that are searched for what they speak of. */
export const TOLD_LENGTH = 40_000
/** Units one systemctl command may name. */
export const COMMAND_UNITS = 64
/** Calls whose unit is a variable that are compared with the units of the paste. */
export const VARIABLE_CALLS = 1_000
/** Instances of a template whose commands are read with what they name by specifiers. */
export const SPECIFIED_UNITS = 16
/** Units of a paste among which the one is looked for that a piece of a unit file without a name may belong to. */
export const SNIPPET_NAMES = 400
/** Bindings that one rule may have on one paste. */
export const RULE_MATCHES = 48
/** Stories that are played for one paste, the likeliest first. */
export const STORIES = 16
/** Of them, stories of one rule, each about other units. */
export const STORIES_OF_A_RULE = 4
/**
 * What a unit costs that is loaded, and a file that lies there for it, against a job that a transaction asks for or a
 * unit that a collection looks at.
 */
export const LOAD_WORK = 20
export const FILE_WORK = 5
/** Such work in the stories of one diagnosis, taken together; at least one story is begun. */
export const DIAGNOSIS_WORK = 500_000
/** The same for the replays of its remedies, and for one audit. */
export const REMEDY_WORK = 300_000
export const AUDIT_WORK = 3_000_000
/** Events that one story of a diagnosis may take. */
export const STORY_STEPS = 4_000
/** Jobs (unit and type) that one audit asks about, and what it reports at most. */
export const AUDIT_JOBS = 120
export const AUDIT_FINDINGS = 200
/** Orders in which `simulate --all-orders` plays a scenario. */
export const ORDERS = 64
/** Facts of one kind (and unit, where that is known) that one condition of a rule looks at: the last ones. */
export const FACTS_LOOKED_AT = 400
/** Bytes of answers that one instance of the edge keeps, to give them again; those asked for longest ago go first. */
export const REMEMBERED_BYTES = 4 * 1024 * 1024
/** Ids and signatures that one instance of the edge knows without asking; those that came longest ago go first. */
export const MAX_REMEMBERED_KEYS = 5000
