/** What tells that people speak of systemd, whichever of its mechanisms they mean. */

/** Something that only people who speak of systemd write. */
export const ABOUT_SYSTEMD = [
  String.raw`[Ss]ystem[dD]\b|systemd|systemctl|journalctl|(?:start|stop) job\b|ordering cycle|start-limit|repeated too quickly|daemon[- ]re(?:load|exec)`,
  String.raw`SYSTEMD_(?:USER_)?WANTS|\bexec-condition\b|[Ss]ocket[- ]activat|[Ss]ervice \S{1,80} failed to start|Failed to listen on|snap (?:refresh|update)|Timeout\w{0,5}Sec\b|\bunit files?\b|\bautomount|\bfstab\b`,
  String.raw`\b[\w.@\\-]{1,100}\.(?:service|socket|timer|target|mount|automount|path|device)\b`,
  String.raw`\b(?:BindsTo|PartOf|StopWhenUnneeded|PropagatesStopTo|OnFailure|Conflicts dependency)\b`,
  String.raw`\b(?:BindsTo|PartOf|Requires|Wants|Conflicts|Upholds|OnFailure|StopWhenUnneeded)=`,
  String.raw`\b[Nn]eedrestart\b|\b[Uu]nattended-upgrade|\binvoke-rc\.d\b|\/etc\/init\.d\/`,
  String.raw`\b(?:re)?(?:start|stop)(?:s|p?ed|p?ing)? (?:the )?[\w-]{2,40} service\b`,
  String.raw`\b(?:service|path|socket|timer|mount|target) units?\b|\bPID ?1\b|\bdependent units?\b|\bRequires (?:is|would|does|propagates)\b`,
  String.raw`\bservices?\b.{0,60}\b(?:re)?(?:start|stop)|\b(?:re)?(?:start|stop)\w{0,4}\b.{0,60}\bservices?\b`,
  String.raw`\b(?:re)?(?:start|stop)\w{0,4}\b.{0,60}\b(?:postinst|prerm|preinst|postrm|scriptlet)`,
  String.raw`\bservice (?:itself )?(?:runs|is (?:up|down|running|active|dead)|fail(?:s|ed))\b`,
  String.raw`\b(?:[Rr]eached|[Ss]topp(?:ed|ing)) target\b|\b(?:unit|target) (?:is|was|gets?) (?:being )?(?:stop|start)`,
  String.raw`Job for \S{1,80} canceled|\b(?:[Ee]mergency|[Rr]escue) mode\b|\bthis unit will\b|\bloginctl\b|\bKillUserProcesses\b`,
  String.raw`\b(?:Restart|StartLimit\w{1,20}|RefuseManual\w{4,5}|Condition[A-Z]\w{1,40})=`,
].join('|')

/** What stands before "service" and is no name. */
export const NO_NAMES = [
  'a an the this that these those any every each some all both no another other same one my our your their its his',
  'which what whose specified requested mentioned said systemd system user web network background first second third new old original main given bound',
  'conflicting dependent simple oneshot forking notify unit affected whole corresponding respective stopped',
  'failed failing running started restarted activated required particular actual parent child custom dummy own local',
  'of for to in and or as with per when if is are was were be while after before on by from than then so like such',
  'cloud init upstart windows remote client server long-running short-lived problematic offending certain specific it',
  'he she there name will would should must can could might nothing everything something service auto automatic',
  'services daemons daemon them all units several generated default existing shipped current resulting packaged',
  'active inactive activating deactivating dead enabled disabled masked static loaded not-found',
  'start stop restart reload starting stopping restarting reloading starts stops restarts reloads',
]
