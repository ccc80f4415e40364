/**
 * The OpenAPI 3.1 document. Every shape in it comes from the schemas that requests and answers are checked with. It is
 * made ahead of time (`npm run openapi`), so that the Worker carries the document and not what makes it.
 */

import * as z from 'zod'
import { Answer } from '../../render/answer.ts'
import { PROBLEMS, type ProblemName } from './problem.ts'
import { Audit, Explanation, Link, ProblemDocument, Rule, Simulation } from './responses.ts'
import {
  AuditRequest,
  DiagnoseRequest,
  ExplainRequest,
  HookRequest,
  LinkRequest,
  SimulateRequest,
  SystemdVersion,
} from './schemas.ts'

const SCHEMAS = [
  ...[Answer, Rule, DiagnoseRequest, SimulateRequest, Simulation, AuditRequest, Audit, Explanation],
  ...[LinkRequest, Link, HookRequest, ExplainRequest, ProblemDocument, SystemdVersion],
]

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
}

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export function openapi(): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'whyjob',
      version: '1',
      description:
        'Why was this systemd job canceled? Nothing that is sent is logged or run, nor stored but for a link.',
    },
    paths: PATHS,
    components: { schemas: components() },
  }
}

function components(): Record<string, object> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: (id) => `#/components/schemas/${id}` })
  const wanted = new Set(SCHEMAS.map((schema) => z.globalRegistry.get(schema)?.id))
  const named = Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...rest }]) => [id, rest] as const)
  // Whatever else the process has registered is not ours to publish; what ours refer to is.
  for (const [id, schema] of named) if (wanted.has(id)) for (const other of referredTo(schema)) wanted.add(other)
  return Object.fromEntries(named.filter(([id]) => wanted.has(id)))
}

function referredTo(schema: object): string[] {
  return [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, id]) => id ?? '')
}

const ref = (id: string): object => ({ $ref: `#/components/schemas/${id}` })
const json = (id: string): object => ({ 'application/json': { schema: ref(id) } })
const list = (id: string): object => ({ type: 'array', items: ref(id) })
const text = (description: string): object => ({ schema: { type: 'string', description } })

const problems = (...names: ProblemName[]): Record<string, object> =>
  Object.fromEntries(
    names.map((name) => [
      String(PROBLEMS[name].status),
      { description: PROBLEMS[name].title, content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  )

const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const SYSTEMD = { name: 'systemd', in: 'query', required: false, schema: ref('SystemdVersion') }

const form = (properties: object): object => ({ 'multipart/form-data': { schema: { type: 'object', properties } } })
const FILES = { type: 'array', items: { type: 'string', format: 'binary' } }
const EXPIRES = { type: 'string', enum: ['1h', '1d', '30d'], default: '1d' }

const LINKS: OpenApi['paths'] = {
  '/v1/links': {
    post: {
      operationId: 'keep',
      summary: 'Keep a paste, masked, under a short link',
      description: 'The link shows its answer until the time is over. Without a database there is none.',
      parameters: [SYSTEMD, { name: 'expires', in: 'query', required: false, schema: EXPIRES }],
      requestBody: {
        required: true,
        content: {
          'text/plain': text('The paste.'),
          ...json('LinkRequest'),
          ...form({ paste: { type: 'string' }, files: FILES, systemd: ref('SystemdVersion'), expires: EXPIRES }),
        },
      },
      responses: {
        '201': {
          description: 'The link, and what deletes it.',
          content: { ...json('Link'), 'text/plain': text('The same for a terminal.') },
        },
        ...problems('bad-request', 'nothing-kept', 'paste-too-large', 'unknown-type', 'too-many-requests'),
      },
    },
  },
  '/v1/links/{id}': {
    delete: {
      operationId: 'forget',
      summary: 'Delete a link and its paste',
      parameters: [
        ID,
        { name: 'Authorization', in: 'header', required: true, schema: { type: 'string', examples: ['Bearer TOKEN'] } },
      ],
      responses: { '204': { description: 'It is gone.' }, ...problems('wrong-token', 'not-found') },
    },
  },
  '/l/{id}': {
    get: {
      operationId: 'kept',
      summary: 'The answer to a paste that was kept',
      parameters: [ID],
      responses: {
        '200': {
          description: 'The answer.',
          content: { 'text/html': text('A page.'), 'text/markdown': text('For a ticket.'), ...json('Answer') },
        },
        ...problems('not-found', 'too-many-requests'),
      },
    },
  },
}

const header = (name: string, description: string): object => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string', description },
})

const HOOKS: OpenApi['paths'] = {
  '/v1/hooks/{id}': {
    post: {
      operationId: 'hook',
      summary: 'Explain a paste to another program',
      description: 'Signed both ways. The answer goes to an address that the hook allows, or is the response.',
      parameters: [
        ID,
        header('X-Whyjob-Timestamp', 'Seconds since 1970, at most five minutes off.'),
        header('X-Whyjob-Signature', '`v0=` and HMAC-SHA256 of `v0:TIMESTAMP:BODY` under the secret, hexadecimal.'),
      ],
      requestBody: { required: true, content: json('HookRequest') },
      responses: {
        '200': { description: 'The answer.', content: json('Answer') },
        '202': { description: 'The answer is on its way.' },
        ...problems('bad-request', 'not-signed', 'paste-too-large', 'not-set-up'),
      },
    },
  },
}

const PATHS: OpenApi['paths'] = {
  '/v1/diagnose': {
    post: {
      operationId: 'diagnose',
      summary: 'Explain a paste',
      description: 'Without an Accept header, text is answered with text and JSON with JSON.',
      parameters: [SYSTEMD],
      requestBody: {
        required: true,
        content: {
          'text/plain': text('The paste.'),
          ...json('DiagnoseRequest'),
          ...form({ paste: { type: 'string' }, files: FILES, systemd: ref('SystemdVersion') }),
        },
      },
      responses: {
        '200': {
          description: 'The answer.',
          content: {
            ...json('Answer'),
            'text/plain': text('The answer for a terminal.'),
            'text/markdown': text('The answer for a ticket.'),
            'text/html': text('The answer as a page.'),
          },
        },
        ...problems('bad-request', 'paste-too-large', 'unknown-type', 'too-many-requests'),
      },
    },
  },
  ...LINKS,
  ...HOOKS,
  '/v1/simulate': {
    post: {
      operationId: 'simulate',
      summary: 'Play a scenario',
      parameters: [SYSTEMD],
      requestBody: { required: true, content: { 'text/plain': text('The scenario.'), ...json('SimulateRequest') } },
      responses: {
        '200': {
          description: 'The trace.',
          content: { ...json('Simulation'), 'text/plain': text('A line for each thing that happened.') },
        },
        ...problems('bad-request', 'paste-too-large', 'unknown-type', 'bad-scenario', 'too-many-requests'),
      },
    },
  },
  '/v1/audit': {
    post: {
      operationId: 'audit',
      summary: 'Which jobs of these units could be canceled, before any incident',
      requestBody: {
        required: true,
        content: {
          ...json('AuditRequest'),
          ...form({ files: FILES, command: { type: 'string' }, systemd: ref('SystemdVersion') }),
        },
      },
      responses: {
        '200': {
          description: 'The findings; none if there is nothing to report.',
          content: {
            ...json('Audit'),
            'application/sarif+json': { schema: { type: 'object', description: 'SARIF 2.1.0, for code review.' } },
            'text/plain': text('The findings for a terminal.'),
          },
        },
        ...problems('bad-request', 'paste-too-large', 'unknown-type', 'no-units', 'too-many-requests'),
      },
    },
  },
  '/v1/explain': {
    get: {
      operationId: 'explain',
      summary: "A rule's code, a cause or one of systemd's words, explained",
      parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string', examples: ['JC101'] } }],
      responses: {
        '200': {
          description: 'What it means.',
          content: {
            ...json('Explanation'),
            'text/markdown': text('For a ticket.'),
            'text/plain': text('For a terminal.'),
          },
        },
        ...problems('bad-request', 'not-found'),
      },
    },
  },
  '/v1/rules': {
    get: {
      operationId: 'rules',
      summary: 'Every rule, with its public code',
      responses: {
        '200': {
          description: 'The rules.',
          content: { 'application/json': { schema: { type: 'object', properties: { rules: list('Rule') } } } },
        },
      },
    },
  },
  '/rules/{code}': {
    get: {
      operationId: 'rule',
      summary: 'One rule in words',
      parameters: [{ name: 'code', in: 'path', required: true, schema: ref('Code') }],
      responses: {
        '200': {
          description: 'The rule.',
          content: { 'text/html': text('A page.'), 'text/markdown': text('For a ticket.'), ...json('Rule') },
        },
        ...problems('not-found'),
      },
    },
  },
  '/collect.sh': {
    get: {
      operationId: 'collect',
      summary: 'The script that gathers evidence; it only reads',
      parameters: [
        { name: 'unit', in: 'query', required: false, schema: { type: 'array', items: { type: 'string' } } },
      ],
      responses: {
        '200': { description: 'A POSIX shell script.', content: { 'text/plain': text('Read it, then run it.') } },
        ...problems('bad-request'),
      },
    },
  },
  '/record.sh': {
    get: {
      operationId: 'record',
      summary: 'The flight recorder: a script that waits for the next job of a unit and names whoever asks for it',
      parameters: [
        { name: 'unit', in: 'query', required: false, schema: { type: 'string' } },
        { name: 'seconds', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 86_400 } },
        {
          name: 'debug',
          in: 'query',
          required: false,
          description: "Raises the manager's log level meanwhile.",
          allowEmptyValue: true,
          schema: { type: 'string' },
        },
      ],
      responses: {
        '200': {
          description: 'A POSIX shell script.',
          content: { 'text/plain': text('Read it, then run it as root.') },
        },
        ...problems('bad-request'),
      },
    },
  },
  '/healthz': {
    get: {
      operationId: 'health',
      summary: 'Is it up?',
      responses: { '200': { description: 'It is.', content: { 'application/json': { schema: { type: 'object' } } } } },
    },
  },
}
