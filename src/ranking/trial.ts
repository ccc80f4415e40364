/** A hypothesis and what became of it when its story was played. */

import type { Situation } from '../graph/assemble.ts'
import type { Hypothesis } from '../hypotheses/imagine.ts'
import type { Bindings } from '../hypotheses/pattern.ts'
import { substitute, substituteNames } from '../hypotheses/pattern.ts'
import { ofRestart } from '../hypotheses/restart-story.ts'
import type { StoryTemplate } from '../hypotheses/rule.ts'
import type { Story } from '../hypotheses/story.ts'
import { tellStory } from '../hypotheses/story.ts'
import type { Simulation } from '../simulator/simulate.ts'
import { formatEvent, type Happening } from '../systemd/happening.ts'
import type { Stage } from './play.ts'
import { play } from './play.ts'

export interface Trial {
  readonly hypothesis: Hypothesis
  /** Null where the rule has no story: what it says is in the paste, or it is no job's story at all. */
  readonly story: Story | null
  /** What the story was made of: the rule's own, but where it is told of a restart. */
  readonly template: StoryTemplate | null
  readonly simulation: Simulation | null
  /** Everything the story has to bring about did come out. */
  readonly holds: boolean
}

/** The story was not played to its end, as there was no work left for it: what did not come out may still have. */
export const wasCut = ({ simulation }: Trial, stage: Stage): boolean =>
  simulation?.exhausted === true && stage.workLeft <= 0

/** Plays a hypothesis, of a restart that got no further than its stop if it can be told of that. */
export function tryOut(hypothesis: Hypothesis, s: Situation, stage: Stage): Trial {
  const template = hypothesis.rule.story
  if (!template || lacksNames(template, hypothesis.played) || startsScope(template, hypothesis.played)) {
    return { hypothesis, story: null, template: null, simulation: null, holds: true }
  }
  const restart = ofRestart(template, hypothesis.played, s)
  const ofThat = restart && tryTemplate(restart, hypothesis, s, stage)
  return ofThat?.holds ? ofThat : tryTemplate(template, hypothesis, s, stage)
}

/** Plays what is told of a hypothesis: as the units are first, then with slow jobs where only those make it happen. */
export function tryTemplate(template: StoryTemplate, hypothesis: Hypothesis, s: Situation, stage: Stage): Trial {
  const tell = (slow: boolean): Trial => {
    const story = tellStory(template, hypothesis.played, s, { slow })
    return { hypothesis, template, ...playStory(story, s, stage) }
  }
  if (!template.slow?.length) return tell(false)
  if (template.slow.every((slow) => isAtOnce(slow, hypothesis.played, s))) return tell(true)
  const plain = tell(false)
  return plain.holds ? plain : tell(true)
}

/** A story about a unit that nothing in the paste names cannot be told. */
const lacksNames = ({ timeline, expect }: StoryTemplate, bound: Bindings): boolean =>
  [...timeline, ...expect].some((line) => /\{[a-z][a-zA-Z0-9-]*\}/.test(substituteNames(line, bound)))

/** Whoever makes a scope hands it its processes: no file makes one, and no request starts it by its name. */
const startsScope = ({ timeline }: StoryTemplate, bound: Bindings): boolean =>
  timeline.some((line) => /\bsystemctl (?:\S+ ){0,3}start (?:\S+ ){0,9}\S+\.scope$/.test(substituteNames(line, bound)))

/** A job that takes no time as the unit is: trying the story without making it slow would be in vain. */
function isAtOnce(slow: { readonly unit: string; readonly job: string }, bound: Bindings, s: Situation): boolean {
  const unit = substitute(slow.unit, bound)
  const service = s.units.nodes.get(unit)?.config?.service
  if (!service) return true
  const { exec, type } = service
  if (substitute(slow.job, bound) !== 'start') return exec.ExecStop.length === 0
  const waits = exec.ExecCondition.length + exec.ExecStartPre.length + exec.ExecStartPost.length > 0
  const simple = type === 'simple' || type === 'exec' || type === 'idle'
  return simple && !waits && (s.units.edges.get(unit)?.get('After')?.size ?? 0) === 0
}

function playStory(story: Story, s: Situation, stage: Stage): Pick<Trial, 'story' | 'simulation' | 'holds'> {
  const simulation = play(story.scenario, s, stage)
  return { story, simulation, holds: story.expect.every((line) => cameOut(simulation, line)) }
}

/** `UNIT EVENT`, `not UNIT EVENT`, or `last UNIT state SUB`: the sub-state that it is left in. */
export function cameOut(simulation: Simulation, line: string): boolean {
  if (line.startsWith('not ')) return !cameOut(simulation, line.slice('not '.length))
  if (line.startsWith('last ')) return leftIn(simulation, line.slice('last '.length))
  return simulation.trace.some(({ who, event }) => line.startsWith(who) && `${who} ${formatEvent(event)}` === line)
}

function leftIn(simulation: Simulation, line: string): boolean {
  const unit = line.slice(0, line.indexOf(' '))
  const last = lastState(simulation, unit)
  return last !== undefined && `${unit} ${formatEvent(last.event)}` === line
}

/** The last change of a unit's state. */
export const lastState = ({ trace }: Simulation, unit: string): Happening | undefined =>
  trace.findLast(({ who, event }) => who === unit && event.kind === 'state')
