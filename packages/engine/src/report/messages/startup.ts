/** Words about the way from the wish for a pod or a VM to its first request. */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'report.startup': 'Where the time to new capacity goes',
  'report.startup.about':
    'From the moment at which a pod or VM is wanted until requests can reach it, of all that were wanted in the run (first replication): median and p95 of every stage; the bars show the means. What comes before, until anybody notices the load, is in the decisions.',
  'report.stage': 'Stage',
  'startup.pod.create': 'Wanted → created (API, quota)',
  'startup.pod.bind': 'Created → on a node (scheduler, wait for a node)',
  'startup.pod.image': 'On a node → image there',
  'startup.pod.container': 'Image there → container runs',
  'startup.pod.app': 'Container runs → application up',
  'startup.pod.probes': 'Application up → ready (probes)',
  'startup.pod.routing': 'Ready → requests reach it',
  'startup.pod.total': 'Wanted → requests reach it',
  'startup.vm.create': 'Wanted → called for',
  'startup.vm.bind': 'Called for → VM runs',
  'startup.vm.image': 'VM runs → image there',
  'startup.vm.container': 'VM runs → guest booted and installed',
  'startup.vm.app': 'Guest ready → application up',
  'startup.vm.probes': 'Application up → healthy (load balancer’s checks)',
  'startup.vm.routing': 'Healthy → requests reach it',
  'startup.vm.total': 'Wanted → requests reach it',
  'startup.nodes': 'Nodes: ordered → usable',
  'startup.pod.all':
    'First new pod: wanted at {wanted|clock}, serves {took|duration} later; {pods|count} {pods|plural:pod,pods} in all.',
  'startup.pod.some':
    'First new pod: wanted at {wanted|clock}, serves {took|duration} later; {pods|count} {pods|plural:pod,pods} in all, and {unfinished|count} more that were wanted and never served.',
  'startup.pod.none':
    '{unfinished|count} {unfinished|plural:pod was,pods were} wanted in the run; none came to serve.',
  'startup.vm.all':
    'First new VM: wanted at {wanted|clock}, serves {took|duration} later; {pods|count} {pods|plural:VM,VMs} in all.',
  'startup.vm.some':
    'First new VM: wanted at {wanted|clock}, serves {took|duration} later; {pods|count} {pods|plural:VM,VMs} in all, and {unfinished|count} more that were wanted and never served.',
  'startup.vm.none':
    '{unfinished|count} {unfinished|plural:VM was,VMs were} wanted in the run; none came to serve.',
};

const ZH: Texts = {
  'report.startup': '新容量的时间花在哪里',
  'report.startup.about':
    '从需要一个 Pod 或虚拟机，到请求能够到达它为止；统计运行期间需要的全部新增副本（第一次重复），给出各阶段的中位数与 p95；条形为平均值。此前直到察觉负载的时间，见伸缩决策。',
  'report.stage': '阶段',
  'startup.pod.create': '需要 → 已创建（API、配额）',
  'startup.pod.bind': '已创建 → 分到节点（调度、等待节点）',
  'startup.pod.image': '分到节点 → 镜像就位',
  'startup.pod.container': '镜像就位 → 容器运行',
  'startup.pod.app': '容器运行 → 应用启动完成',
  'startup.pod.probes': '应用启动完成 → 就绪（探针）',
  'startup.pod.routing': '就绪 → 请求可达',
  'startup.pod.total': '需要 → 请求可达',
  'startup.vm.create': '需要 → 发出请求',
  'startup.vm.bind': '发出请求 → 虚拟机运行',
  'startup.vm.image': '虚拟机运行 → 镜像就位',
  'startup.vm.container': '虚拟机运行 → 系统启动并安装完毕',
  'startup.vm.app': '系统就绪 → 应用启动完成',
  'startup.vm.probes': '应用启动完成 → 健康（负载均衡检查）',
  'startup.vm.routing': '健康 → 请求可达',
  'startup.vm.total': '需要 → 请求可达',
  'startup.nodes': '节点：下单 → 可用',
  'startup.pod.all':
    '第一个新 Pod：{wanted|clock} 需要，{took|duration}后开始服务；共 {pods|count} 个 Pod。',
  'startup.pod.some':
    '第一个新 Pod：{wanted|clock} 需要，{took|duration}后开始服务；共 {pods|count} 个 Pod，另有 {unfinished|count} 个始终未能服务。',
  'startup.pod.none': '运行期间需要 {unfinished|count} 个 Pod，没有一个开始服务。',
  'startup.vm.all':
    '第一台新虚拟机：{wanted|clock} 需要，{took|duration}后开始服务；共 {pods|count} 台。',
  'startup.vm.some':
    '第一台新虚拟机：{wanted|clock} 需要，{took|duration}后开始服务；共 {pods|count} 台，另有 {unfinished|count} 台始终未能服务。',
  'startup.vm.none': '运行期间需要 {unfinished|count} 台虚拟机，没有一台开始服务。',
};

export const STARTUP_MESSAGES = { en: EN, 'zh-CN': ZH } as const;
