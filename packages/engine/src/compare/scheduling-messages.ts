/**
 * What is said of the scheduler, spare room and quotas, in English and Simplified Chinese, for the
 * message catalogue; the notation of placeholders is the catalogue's.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'note.score': 'The scheduler prefers nodes by {score}.',
  'note.overprovisioning':
    'Spare room: {replicas|count} pause {replicas|plural:pod,pods} of {cpu|count}m CPU and {mebibytes|count} MiB, priority {priority|count}; they give way to pods of services and then ask for nodes.',
  'note.quota-cpu': 'Quota: CPU requests of {hard|count}m in all.',
  'note.quota-memory': 'Quota: memory requests of {hard|count} MiB in all.',
  'note.quota-pods': 'Quota: {hard|count} {hard|plural:pod,pods}.',
  'decision.preemption':
    'Spare room used: for {pods|count} {pods|plural:pod,pods} of {service}, {victims|count} pause {victims|plural:pod,pods} gave way.',
  'decision.quota-cpu':
    'The quota of {hard|count}m CPU is used up: {missing|count} {missing|plural:pod,pods} of {service} cannot be created.',
  'decision.quota-memory':
    'The quota of {hard|count} MiB memory is used up: {missing|count} {missing|plural:pod,pods} of {service} cannot be created.',
  'decision.quota-pods':
    'The quota of {hard|count} {hard|plural:pod,pods} is used up: {missing|count} {missing|plural:pod,pods} of {service} cannot be created.',
  'finding.quota':
    '{strategy|strategy}: the quota stopped the scale-out of {service} at {at|clock}: {missing|count} {missing|plural:pod,pods} could not be created then.',
  'finding.spare-room':
    '{strategy|strategy}: spare room held by pause pods is {share|percent} of the node CPU paid for, {cost|money}; {victims|count} of them gave way to pods of services.',
};

const ZH: Texts = {
  'note.score': '调度器按 {score} 选择节点。',
  'note.overprovisioning':
    '预留空间：{replicas|count} 个占位 Pod，各 {cpu|count}m CPU、{mebibytes|count} MiB，优先级 {priority|count}；业务 Pod 需要时它们让位，然后触发节点扩容。',
  'note.quota-cpu': '配额：CPU 请求总量 {hard|count}m。',
  'note.quota-memory': '配额：内存请求总量 {hard|count} MiB。',
  'note.quota-pods': '配额：{hard|count} 个 Pod。',
  'decision.preemption':
    '使用预留空间：为 {service} 的 {pods|count} 个 Pod，{victims|count} 个占位 Pod 让位。',
  'decision.quota-cpu':
    'CPU 配额 {hard|count}m 已用尽：{service} 有 {missing|count} 个 Pod 无法创建。',
  'decision.quota-memory':
    '内存配额 {hard|count} MiB 已用尽：{service} 有 {missing|count} 个 Pod 无法创建。',
  'decision.quota-pods':
    'Pod 配额 {hard|count} 个已用尽：{service} 有 {missing|count} 个 Pod 无法创建。',
  'finding.quota':
    '{strategy|strategy}：配额在 {at|clock} 使 {service} 停止扩容：当时有 {missing|count} 个 Pod 无法创建。',
  'finding.spare-room':
    '{strategy|strategy}：占位 Pod 预留的空间占所付节点 CPU 的 {share|percent}，{cost|money}；其中 {victims|count} 个为业务 Pod 让位。',
};

export const SCHEDULING_MESSAGES: { readonly en: Texts; readonly 'zh-CN': Texts } = {
  en: EN,
  'zh-CN': ZH,
};
