/** Words by which people speak of what systemd does. Each pattern is bounded, so that reading takes linear time. */

/** What is spoken of, named after the mechanism that it hints at. */
export type Topic =
  | 'auto-restart'
  | 'automount'
  | 'bindsto'
  | 'bus'
  | 'by-command'
  | 'by-itself'
  | 'canceled'
  | 'comes-back'
  | 'condition'
  | 'conflicts'
  | 'cycle'
  | 'deadlock'
  | 'destructive'
  | 'displaced'
  | 'device'
  | 'isolate'
  | 'left-over'
  | 'masked'
  | 'missing'
  | 'onfailure'
  | 'package'
  | 'partof'
  | 'passed-on'
  | 'path'
  | 'process'
  | 'reload'
  | 'requires'
  | 'shutdown'
  | 'socket'
  | 'socket-refused'
  | 'start-limit'
  | 'stop-failed'
  | 'stopped'
  | 'timeout'
  | 'timer'
  | 'tool'
  | 'unneeded'
  | 'upholds'

export interface TopicWords {
  readonly topic: Topic
  /** By systemd's own words, as they are written; else in any case. */
  readonly named: boolean
  readonly words: string
}

const own = (topic: Topic, words: readonly string[]): TopicWords => ({
  topic,
  named: true,
  words: words.join('|'),
})
const hint = (topic: Topic, words: readonly string[]): TopicWords => ({
  topic,
  named: false,
  words: words.join('|'),
})

/** Ends of a word for asking or calling, and what such a word calls. */
const CALLS = String.raw`\b(?:call|run|trigger|invok|execut|issu)\w{0,4}\b`
const CALLERS =
  String.raw`\b(?:script|hook|handler|helper|cron ?job|wrapper|trap|watchdog|ExecSt\w{2,8}|` +
  String.raw`[\w-]{1,40}\.(?:sh|py))\S{0,3}\b`

/** What a setting has done to a unit is not that unit's own deed. */
const ENDS_ITSELF = String.raw`(?<!\bautomatically )\b(?:kill|stop|restart|terminat)(?:s|ed|p?ing|es)? it ?self\b`

/** A unit that somebody found, not one that somebody started. */
const IS_UP = "(?:is|are|was|gets?|got|been|being|it['’]s) (?:running|active|up|alive|started)"
const AFTER = '(?:after|when(?:ever)?|once|although|despite|even (?:if|when|though|after))'

/** `own` is systemd's own word for a thing, `hint` a plain one. */
export const TOPICS: readonly TopicWords[] = [
  own('unneeded', ['[Ss]topWhenUnneeded', 'Unit (?:is )?not needed any ?more']),
  hint('unneeded', [
    String.raw`\b(?:nothing|no (?:other )?unit)\b.{0,30}\bneeds? (?:it|the unit)\b`,
    'not pulled in by anything',
  ]),
  own('upholds', [String.raw`\bUph(?:olds?|eldBy)\b`]),
  own('isolate', [
    String.raw`\bsystemctl (?:isolate|rescue|emergency|default)\b`,
    String.raw`\b(?:IgnoreOn|Allow)Isolate\b`,
  ]),
  hint('isolate', [
    String.raw`\bisolat(?:e|es|ed|ing)\b.{0,60}\btarget\b`,
    String.raw`\btelinit \d`,
    String.raw`(?<![-\w])init [1-5](?![>\w])`,
  ]),
  own('canceled', [String.raw`\bsystemctl cancel\b`, String.raw`\bCancelJob\b`]),
  own('cycle', [
    String.raw`\b[Oo]rdering cycles?\b`,
    'deleted to break|[Tt]ransaction order is cyclic',
    String.raw`\bsystemd br(?:oke|eaks) (?:the|that|this|a) (?:\w{1,12} )?(?:cycle|loop)\b`,
    // Drawn, and back at a unit that it came by.
    String.raw`(?<![\w@.-])([\w@-]{1,60}\.(?:service|target|socket|mount|timer|path))` +
      String.raw`(?: ?(?:→|➜|⟶|-{1,2}>|=>) ?[\w@-]{1,60}\.[a-z]{4,9}){1,8} ?(?:→|➜|⟶|-{1,2}>|=>) ?\1(?![\w@-])`,
  ]),
  hint('cycle', [
    String.raw`\b(?:dep(?:endency)?|circular|cyclic)[ -](?:cycles?|loops?|dependenc(?:y|ies))\b`,
    String.raw`\bclos(?:es|ing) the loop`,
    '循环依赖|依赖循环|循環依存|순환 ?(?:종속|의존)|циклическ\\S{1,4} зависимост|zyklische\\w? Abhängigkeit',
    'd[ée]pendances? (?:circulaire|cyclique)s?|dependencias? (?:circular|cíclica)(?:es|s)?|dipendenz[ae] circolar',
  ]),
  own('start-limit', [
    String.raw`(?:start|trigger)-limit(?:-hit)?\b`,
    String.raw`\b[Ss]tartLimit\w{1,20}`,
    'repeated too quickly',
    'attempted too often',
    String.raw`\b[Tt]rigger (?:rate[- ])?limit`,
  ]),
  hint('start-limit', [
    String.raw`start(?:ed|s|ing)?\b.{0,30}\btoo (?:often|quickly|fast|many times)`,
    String.raw`\bstart limits?\b`,
    String.raw`\b(?:start|restart|unit|service|activation)\w{0,3}\b.{0,40}\brate[ -]limit`,
    String.raw`\brate[ -]limit.{0,40}\b(?:restart|unit|activation)`,
    String.raw`\b(?:re)?start(?:s|ed|ing)?\b.{0,40}\b\d{1,3}(?: times|x) (?:in|per|within|every) \S{1,8} ?(?:s|sec|min|hour)`,
    String.raw`\b\d{1,3} (?:fail(?:s|ures)?|(?:re)?starts?|attempts) (?:per|in|within) \S{1,8} ?(?:s|sec|min|hour)`,
  ]),
  hint('stop-failed', [
    String.raw`\bstop(?:ping)? (?:of )?(?:the )?\S{1,60} (?:service )?fail(?:s|ed)\b`,
    String.raw`\b(?:fail(?:s|ed|ure)?|unable) to stop (?!in time|within|after)[\w"'\x60]`,
  ]),
  own('left-over', [
    String.raw`\bKillMode=(?:process|none)\b`,
    String.raw`\bleft-over process`,
    'remains? running after unit stopped',
  ]),
  hint('left-over', [
    String.raw`\bstop(?:s|ped|ping)?\b.{0,60}\bleav(?:es?|ing) .{0,40}\b(?:process|child|shim|container|daemon)\w{0,3} (?:running|behind|alive)`,
    String.raw`\b(?:process|child|shim|container|daemon|instance)\w{0,3}\b.{0,80}\b(?:left|still|keep|remain|orphan)\w{0,3}\b.{0,60}\bstop`,
    String.raw`\bstop(?:s|ped|ping)?\b.{0,100}\b(?:process|child|shim|container|daemon|instance)\w{0,3}\b.{0,80}\b(?:left|still|keep|remain)\w{0,3}(?: (?:running|alive|up|behind)|[.,;])`,
  ]),
  own('partof', [String.raw`\b[Pp]artOf\b`]),
  own('passed-on', [String.raw`\bPropagatesStopTo\b`, String.raw`\bStopPropagatedFrom\b`]),
  hint('passed-on', [
    String.raw`\b(?:stops|stopped|stopping|(?:will|would|also|can) stop)\b.{0,40}\b(?:both|as well|along with|too\b(?! (?:early|late|soon|long|slow|fast|quick|often|many|much)))`,
    String.raw`\brestart(?:s|ed|ing)? (?:along|together) with\b`,
    String.raw`\balso (?:gets? |is |are |was )?stop(?:s|ped)\b`,
    String.raw`\b(?:re)?(?:stop|start)(?:s|p?ing)? (?:\(\w{1,12}\) )?\S{1,80} (?:will |would |does )?(?:not only|also) stops?\b`,
    String.raw`\bunit will be stopped\b`,
    String.raw`\bRequires propagates (?:re)?(?:start|stop)`,
  ]),
  own('conflicts', [
    String.raw`\bConflicts=`,
    String.raw`\bConflictedBy\b`,
    String.raw`\b[Cc]onflict(?:s|ing)? (?:with )?[^\s=]{1,100}\.(?:service|target|socket|mount)\b`,
    String.raw`\bConflicts\b(?= (?:with|on|directive|setting|dependenc|occur|line|statement))`,
    String.raw`\b(?:due to|because of|by(?: the| its)?|via|an?|its) Conflicts\b`,
    // As NixOS has it.
    String.raw`\bconflicts = \[`,
  ]),
  hint('conflicts', [
    String.raw`\bmutually exclusive\b`,
    String.raw`\bconflict(?:ing|s between) (?:systemd )?(?:unit|service)s?\b`,
  ]),
  own('bindsto', [String.raw`\b[Bb]inds?To\b`, String.raw`\bBoundBy\b`]),
  hint('bindsto', [
    String.raw`\b(?:is|are|was|were|being) bound to\b`,
    String.raw`\bbinds? to (?:the|that|a) (?:unit|service|device)\b`,
  ]),
  own('onfailure', [String.raw`\b[Oo]n(?:Failure|Success)(?:JobMode)?\b`]),
  hint('onfailure', [String.raw`\bemergency[- ](?:mode|shell|target|console|prompt)\b`, String.raw`\brescue mode\b`]),
  own('condition', [
    String.raw`\bCondition[A-Z]\w{2,40}`,
    String.raw`\bExecCondition\b|\bexec-condition\b`,
    String.raw`\bAssert(?:Path|File|Directory)\w{2,40}`,
    '[Cc]ondition check resulted in',
    'start condition failed',
  ]),
  hint('condition', [String.raw`\bconditions? (?:check )?(?:failed|(?:was|were|is) not met|fails?)\b`]),
  own('destructive', [
    String.raw`\b[Tt]ransaction (?:(?:for )?\S{1,200} )?is destructive`,
    // The request comes before what is in its way.
    String.raw`[\w@\\-]\.(?:service|target|socket|mount|scope)\S? (?:is|was|gets?|got) refused\b.{0,60}\bcontradicts existing jobs`,
    String.raw`\bcontradicts existing jobs\b|\bhas '(?:re)?(?:start|stop)' (?:job )?queued`,
    String.raw`\bdestructive transaction`,
  ]),
  own('displaced', [
    String.raw`\b(?:[Rr]e)?(?:[Ss]tart|[Ss]top|[Ll]oad) job\b.{0,60}\bcancel\w{0,4}\b(?=.{0,400}systemctl)`,
    String.raw`\bsystemctl\b.{0,400}\b(?:re)?(?:start|stop|load) job\b.{0,60}\bcancel`,
    String.raw`\b(?:(?:[Rr]e)?(?:[Ss]top|[Ss]tart|[Ll]oad) job (?:was |got )?|Job for (?:\.{3}|…|\*) )cancell?ed\b`,
    String.raw`[\w@\\-]\.(?:service|socket|target|mount|timer) (?:was |got |gets )?cancell?ed\b`,
    String.raw`\b(?:[Ss]top|(?:[Rr]e)?[Ss]tart|[Rr]eload) of (?:the )?(?:unit|service|target) \S{1,60} (?:is|was|gets?|got) cancel`,
    String.raw`\bsystemd\b.{0,20}\bcancel\w{0,4}\b.{0,20}\bpending (?:re)?(?:start|stop|load) job\b`,
    String.raw`\b(?:systemd|[Uu]nit|[Ss]ervice)\b.{0,60}\bjob (?:was|is|got|gets|being|been)\b.{0,20}\bcancel`,
    // By whom, and what: a context or a token is a program's own.
    String.raw`\bsystemd cancel(?:s|l?ed)\b(?: \S{1,60}){0,4}? (?:jobs?|start|stop|restart|mount|unit|activation|dependents?|\{\S{1,40} for)\b`,
    String.raw`\b(?:stop|(?:re)?start|reload)\b.{0,60}\bcancel\w{0,5}\b.{0,24}\b(?:stop|(?:re)?start|reload) job\b`,
  ]),
  own('automount', [String.raw`\bx-systemd\.automount\b`, String.raw`\.automount\b`]),
  hint('automount', [String.raw`\bautomount(?:s|ed|ing|er)?\b`]),
  own('bus', [
    String.raw`\bBusName=`,
    String.raw`\bSystemdService=`,
    String.raw`\bType=dbus\b|\bActivationRequest\b`,
    String.raw`\b[Dd]-?[Bb]us[- ]activat`,
    String.raw`\bActivating via systemd\b`,
  ]),
  own('socket', [String.raw`\b[Ss]ocket[- ]activat(?:ion|ed|es)\b`, String.raw`[\w@\\-]\.socket\b`]),
  own('socket-refused', [String.raw`\b[Ss]ocket service\s{1,40}(?:\S{1,200}\s{1,40})?already active, refusing`]),
  hint('socket-refused', [
    String.raw`\bstart(?:s|ed|ing)? (?:the |its )?\S{0,60}socket after (?:the |its )?\S{0,60}service\b`,
  ]),
  hint('socket', [
    String.raw`\bcan still be activated\b`,
    String.raw`\bsocket units?\b`,
    String.raw`\b(?:connection|request)s? (?:to|on) the (?!(?:unix|UNIX) )(?:\w{1,12} )?socket\b`,
    String.raw`\b(?:the|its|their) socket (?:then |just |only |always |has )?(?:(?:re-?)?(?:activate|start)|wake|bring|` +
      String.raw`brought|woke)\w{0,3}\b`,
  ]),
  own('timer', [String.raw`[\w@\\-]\.timer\b`, String.raw`\bOn(?:Calendar|UnitActiveSec|UnitInactiveSec|BootSec)\b`]),
  hint('timer', [String.raw`\b(?:systemd )?timers?\b.{0,80}\b(?:start|trigger|fir|elaps|run)`]),
  own('path', [
    String.raw`[\w@\\-]\.path\b`,
    String.raw`\bPath(?:Exists(?:Glob)?|Changed|Modified)\b`,
    String.raw`\bDirectoryNotEmpty\b`,
    String.raw`\bpath units?\b|(?<=[\s(/])\.path\b(?= (?:is|was|unit|stuck|keeps?|trigger|fire))`,
  ]),
  own('deadlock', [
    String.raw`\bsystemctl (?:re)?start\b.{0,600}\b(?:hangs?|never (?:returns?|becomes?|ends?|finish))\b`,
    String.raw`\b[Dd]ead-?lock(?:s|ed|ing)?\b(?=.{0,400}\b(?:systemctl|start job|ExecSt\w{2,8}|hook|script)\b)`,
    String.raw`\b(?:systemctl|ExecSt\w{2,8}|hook|script)\b.{0,400}\bdead-?lock(?:s|ed|ing)?\b`,
    String.raw`\b(?:job|unit|service)s?\b.{0,300}\b(?:wait|block|synchron)\w{0,6}\b.{0,200}\bdead-?lock`,
  ]),
  hint('deadlock', [
    String.raw`\bstart process just hangs\b`,
    String.raw`\b(?:start|stop)\b.{0,30}\bservices?\b.{0,60}\bsystemctl\b.{0,60}\b(?:in|from|` +
      String.raw`within) \S{0,20}(?:script|hook)`,
    String.raw`\b(?:start|stop)\w{0,4}\b.{0,30}\bfrom (?:within|inside) (?:\S{1,20} ){0,3}?\S{0,3}ExecSt`,
  ]),
  own('by-command', [
    String.raw`${CALLERS}.{0,120}${CALLS}.{0,30}\bsystemctl\b.{0,40}\b(?:start|stop|restart|reload)\b`,
    String.raw`\b(?:hook|script)s? (?:that|which) ${CALLS} systemctl\b|\bsystemctl hooks?\b`,
    String.raw`${CALLS}.{0,12}\bsystemctl\b.{0,60}\b(?:from|in|inside|within)\b.{0,24}(?:script|hook|handler|cron|` +
      'unit|service|ExecSt)',
  ]),
  hint('by-command', [
    String.raw`\b(?:script|hook)\b(?! (?:manually|by hand)).{0,60}\b(?:stop|(?:re)?start)(?:s|p?ing|ed)?\b.{0,60}\bservice`,
    String.raw`\bdispatcher\b.{0,40}\b(?:stop|(?:re)?start)(?:s|p?ed|ing)\b|/system-sleep/\S{1,60}.{0,20}\brestart`,
  ]),
  own('by-itself', [
    String.raw`${ENDS_ITSELF}(?=.{0,800}\b(?:systemctl|update|upgrade|script))`,
    String.raw`\b(?:systemctl|update|upgrade|script)\b.{0,300}${ENDS_ITSELF}`,
    String.raw`\b[Ss]elf-?kill|${CALLS} \S?systemctl (?:re)?(?:start|stop) \S{1,80} itself\b`,
    String.raw`\b(?:systemctl|re-?start|update|script)\b.{0,160}\bfrom (?:inside|within) (?:of )?(?:the |its own |that |its )` +
      String.raw`(?:\S{1,30} ){0,3}(?:service|unit|cgroup)\b`,
    String.raw`\b(?:stop|restart|kill|tear|tore|torn|SIGTERM)\w{0,4}\b.{0,60}\b(?:whole|entire|own|its) (?:systemd )?c(?:group|ontrol[- ]group)\b`,
    String.raw`\bprocess(?:es)?\b.{0,60}\b(?:service|unit|cgroup)\b.{0,40}\binclud\w{2,4}\b.{0,40}\b(?:script|updater?|itself)\b`,
  ]),
  own('package', [
    String.raw`\b(?:scriptlets?|%(?:pre|post)\w{0,4})\b.{0,60}\b(?:systemctl|(?:re)?start|stop)`,
    String.raw`\b(?:re)?(?:start|stop)\w{0,4}\b.{0,60}(?:%(?:pre|post)\w{0,5}|\bscriptlets?)\b`,
    String.raw`\bsystemd_post(?:un)?(?:_with_restart|_restart)?\b`,
    String.raw`\bsnap (?:refresh|update)`,
    String.raw`\b[Uu]nattended[- ][Uu]pgrades?\b`,
    String.raw`\bneedrestart\b`,
    String.raw`\bdeb-systemd-(?:invoke|helper)\b`,
    String.raw`\bpost-?(?:installation|install|inst)\b`,
    String.raw`\bprerm\b`,
    String.raw`\binvoke-rc\.d\b`,
    String.raw`\bdpkg\b`,
  ]),
  hint('package', [
    String.raw`\b(?:apt|apt-get|t?dnf|yum|zypper|pacman|transactional-update|rpm-ostree)\b` +
      String.raw`.{0,20}\b(?:upgrade|update|install|remove)`,
    String.raw`\bpackage (?:upgrade|update|script)`,
    String.raw`\b(?:upgrad|updat|install|remov)\w{1,3} (?:\S{1,20} ){0,3}packages?\b.{0,90}\b(?:re)?(?:start|stop)`,
    String.raw`\bscriptlets?\b`,
  ]),
  own('reload', [String.raw`\bdaemon[- ]re(?:load|exec)s?\b`]),
  hint('reload', [
    String.raw`\bre-?exec(?:s|uted|ution)? (?:of )?systemd\b`,
    String.raw`\bsystemd (?:is|was|gets) (?:reloaded|reexecuted)`,
    String.raw`\breload\b.{0,80}\b(?:dropped|drops|lost|loses|forgot|forgets)\b.{0,30}\bjobs?\b`,
  ]),
  own('shutdown', [String.raw`\b(?:shutdown|reboot|poweroff|exit)\.target\b`]),
  hint('shutdown', [
    String.raw`\blog(?:s|ged|ging)?[ -]?(?:out|off)\b(?! and (?:back |log ?)?in\b|.{0,40}\blog(?:ging)? (?:back |on )?in\b)`,
    String.raw`\blinger(?:s|ing)?\b`,
    String.raw`\bsessions?\b.{0,40}\b(?:terminat|clos|end)ed\b`,
    String.raw`\bKillUserProcesses\b`,
    // What a program says of its own end is not about the machine.
    String.raw`\b(?:shut[ -]?down|(?<!, )shutting[ -]?down|power(?:ing)?[ -]?off)\b`,
    // What holds until a reboot, or is there after one, is not about the way down.
    String.raw`\b(?:during|while|when|before(?= rebooting)|to|try|prevents?|blocks?|delay\w{0,3}|slow\w{0,4})\b(?: [a-z'-]{1,16}){0,3}? ` +
      String.raw`re-?boot(?:s|ed|ing)?\b`,
    String.raw`\bre-?boot(?:s|ing)?\b[^.]{0,50}\b(?:hang|hung|stuck|block|take|wait|fail|race|kill|cancel|slow|delay)`,
  ]),
  hint('stopped', [
    String.raw`\b(?:session|service|unit|target|daemon)s?\b.{0,30}\b(?:is|are|gets?|got|was|were|being|been) ` +
      String.raw`(?:being |then |just |always |immediately )?(?:stopped|torn down|shut down|killed)\b`,
    String.raw`\b(?:service|unit|session|target)s? stops? (?:right|immediately|by itself|on its own|unexpected|again)`,
  ]),
  own('device', [
    String.raw`[\w\\-]\.device\b`,
    String.raw`\bSYSTEMD_(?:USER_)?WANTS\b`,
    String.raw`\bwaiting for (?:device|suspend)\b`,
    String.raw`\bx-systemd\.device-\w{3,10}`,
  ]),
  hint('device', [
    String.raw`\budev\b`,
    String.raw`\bunplug(?:s|ged|ging)?\b`,
    String.raw`\bplugged\b`,
    String.raw`\bhot-?plug`,
    String.raw`\bUUID=`,
    String.raw`\bsystemd\W{1,6}(?:\w{2,12}ly )?(?:auto-?)?u(?:n)?mount(?:s|ed|ing)\b`,
    String.raw`\bfstab\b`,
    String.raw`\b(?:usb|disk|drive|stick)\b.{0,60}\b(?:remov|disconnect|detach|pull(?:ed|ing)? out)`,
    String.raw`\b(?:remov|disconnect|detach)\w{0,4} (?:\S{1,20} ){0,3}(?:usb|disk|drive|stick)\b`,
  ]),
  own('timeout', [
    String.raw`\b(?:[Ss]top|[Ss]tart) job (?:is )?running\b`,
    String.raw`\b(?:Default|Job|JobRunning)?Timeout(?:Start|Stop)?Sec\b|\bJOB_TIMEOUT\b`,
    String.raw`\btimed out\. (?:Terminating|Stopping|Killing|Skipping SIGKILL)\b`,
    String.raw`\bx-systemd\.(?:mount|device)-timeout\b`,
  ]),
  hint('timeout', [
    String.raw`\b(?<!\bidle-)tim(?:ed?|es|ing)[ -]?outs?\b`,
    String.raw`\b(?:stuck|remain\w{0,3}|stays?|hang\w{0,3})\b.{0,60}\bactivating\b`,
    String.raw`\bjob is running\b.{0,80}\bno limit\b`,
    String.raw`\bafter (?:\S{1,12} ){0,2}\d[\d.]{0,6} ?(?:s|m|sec|min)\w{0,6}\b.{0,60}\b(?:SIGKILL|kill(?:s|ed))\b`,
    String.raw`\b(?:kill|terminat|abort)\w{0,4}\b.{0,60}\bafter (?:\S{1,12} ){0,2}\d[\d.]{0,6} ?(?:s|m|sec|min)`,
    String.raw`\b(?:stop|shut|reboot|hang|wait)\w{0,6}\b.{0,80}\b(?:90 ?s(?:ec(?:ond)?s?)?|1 ?min(?:ute)?s? (?:and )?30)`,
  ]),
  own('auto-restart', [
    String.raw`\bRestart(?:=| setting| policy| option)`,
    String.raw`\bRestartSec\b`,
    String.raw`\bauto-?restart`,
    String.raw`\bmanager[- ]triggered restarts?\b`,
    String.raw`\b[Ss]chedul\w{2,4} (?:an? |the )?(?:automatic )?restart job`,
  ]),
  hint('auto-restart', [
    String.raw`\b(?:restarts?|comes? back|came back|starts? again|respawn(?:s|ed)?)\b.{0,24}\b(?:by itself|` +
      String.raw`on its own|automatically|immediately|again|up)\b`,
    String.raw`\bstop(?:s|ped|ping)?\b.{0,120}\b(?:immediately|instantly|automatically) (?:re-?start|respawn)(?:s|ed|ing)?\b`,
    String.raw`\brestart(?:s|ed)? (?:even (?:if|after|though)|despite|although)\b.{0,40}\bstop`,
  ]),
  hint('comes-back', [
    String.raw`\bstop(?:s|ped|ping)?\b.{0,120}\b(?:came|comes?|coming|brought)(?: \w{1,11})? back\b`,
    String.raw`\b(?:came|comes?|coming|brought)(?: \w{1,11})? back\b.{0,80}\bstop`,
    String.raw`\bstop(?:s|ped|ping)?\b.{0,120}\b(?:${IS_UP} again|starts (?:it ?self )?again)\b`,
    String.raw`\b(?:${IS_UP} again|starts (?:it ?self )?again)\b.{0,40}\b${AFTER} .{0,40}\bstop`,
    String.raw`\bkeeps? (?:on )?(?:starting|running|coming|re-?starting)\b.{0,60}\b${AFTER}\b.{0,40}\bstop`,
  ]),
  own('masked', [
    String.raw`\b(?:is|are|was|were|been|got) masked\b`,
    String.raw`\bmasked unit|\b(?:systemctl|Failed to) mask\b`,
    String.raw`\b(?:unit|service|socket|timer|mount)\b.{0,40}\bmasked\b`,
    String.raw`\b(?:disabled?|stop(?:ped)?) and mask`,
  ]),
  own('missing', [
    String.raw`\b[Uu]nit \S{1,100}(?: could)? not (?:be )?found\b`,
    String.raw`\bno such unit\b`,
    String.raw`\bFailed to load unit\b`,
    String.raw`\bFailed to get unit file state for \S`,
    String.raw`\bnot-found\b`,
  ]),
  hint('missing', [
    String.raw`\b(?:service|unit)s?\b.{0,30}(?:\bnot|\bnever|n't)\b.{0,20}\b(?:installed|exist|present|available)\b`,
    String.raw`(?:\bnot|\bnever|n't)\b.{0,20}\b(?:installed|exist)\b.{0,40}\b(?:service|unit)\b`,
  ]),
  own('requires', [
    String.raw`\bRequires=`,
    String.raw`\brequires = \[`,
    String.raw`\bRequires\b(?= (?:is|would|relation|dependenc|does))`,
    String.raw`\bRequisite=`,
    String.raw`\bRequiredBy\b`,
    String.raw`\b[Dd]ependency (?:job|failed)\b|\bfail(?:ed|ing) dependency cancels\b|\bRequires=\S? .{0,40}\bcancels the (?:start )?job\b`,
    "result 'dependency'",
  ]),
  hint('requires', [
    String.raw`\b(?:service|unit|target|mount)s?\b.{0,40}\brequir(?:es|ing)\b.{0,40}\b(?:service|unit|target|mount)`,
    String.raw`\bpropagat\w{1,4} (?:of )?(?:the )?failures?\b|\bfailures? (?:is |are |gets? )?propagat`,
    String.raw`\bdependenc(?:y|ies) (?:has |have |was |were )?fail(?:s|ed|ure|ing)?\b`,
  ]),
  hint('tool', [
    String.raw`\b(?:ansible|playbook|puppet|chef|salt|terraform|nixos-rebuild|deploy(?:s|ed|ment|ing)?|` +
      String.raw`handlers?)\b.{0,200}\b(?:re)?(?:start|stop|load)(?!\w{0,4} up\b)`,
  ]),
  own('process', [
    String.raw`\bcode=(?:exited|killed|dumped)\b(?!, status=0\/)`,
    String.raw`\bstatus=[1-9]\d{0,2}\/[A-Z]`,
    String.raw`\bMain process exited\b`,
    String.raw`\bFailed with result\b`,
  ]),
  hint('process', [
    'address already in use',
    String.raw`\bfailed to (?:re)?start\b`,
    String.raw`\b(?:unit|service)\b.{0,60}\bfail(?:s|ed)?\b(?! to )`,
    String.raw`[\w@\\-]\.service\b.{0,30}\bfail(?:s|ed|ure)?\b`,
    String.raw`\b(?:wo|do|does|did|ca)(?:n't| ?not) (?:even )?(?:start|boot|come up)\b`,
    String.raw`\b(?:segmentation fault|SIG(?:SEGV|ABRT|BUS)|stack ?trace|traceback|kernel panic|` +
      'exit (?:code|status)|permission denied|no such file)',
    String.raw`\b(?:crash(?:es|ed)?|segfault(?:s|ed)?|core dump(?:ed)?|exit(?:s|ed)? with (?:code|status|error)|` +
      String.raw`OOM|SIGKILL)\b`,
  ]),
]
