/** What answers chats: one module, loaded by the first message of any. */

export { hooked } from './hooks.ts'
export { mattermost } from './mattermost.ts'
export { incidentPage, incidentPicture } from './slack/incident-pages.ts'
export { install, installed } from './slack/install.ts'
export { events } from './slack.ts'
