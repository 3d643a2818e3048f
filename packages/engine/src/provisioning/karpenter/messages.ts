/** What is said of Karpenter and of serverless pods, in English and Simplified Chinese. */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'note.karpenter':
    'Karpenter (pool {pool}): {min|count} {min|plural:node,nodes} at the start, {max|count} at most, of {types}; removes nodes by {policy} after {after|duration} without a change of their pods, within {budgets|count} {budgets|plural:budget,budgets}.',
  'note.karpenter-never':
    'Karpenter (pool {pool}): {min|count} {min|plural:node,nodes} at the start, {max|count} at most, of {types}; removes none.',
  'note.serverless':
    'Serverless pods, each a machine of its own and paid by the second: at most {rate|rate} start; each pulls its image.',
  'note.serverless-cached':
    'Serverless pods, each a machine of its own and paid by the second: at most {rate|rate} start; the provider has the image.',
  'karpenter.claimed':
    'Karpenter: a node for {pods|count} {pods|plural:pod,pods}, the cheapest of {offerings|count} {offerings|plural:offering,offerings} that hold them',
  'karpenter.no-type':
    'Karpenter: {pods|count} {pods|plural:pod,pods} without a node: no instance type of its pools on sale is large enough, or the limit of nodes is reached',
  'karpenter.emptiness':
    'Karpenter removes {nodes|count} {nodes|plural:node,nodes} without pods (consolidateAfter has passed)',
  'karpenter.multi-node':
    'Karpenter consolidates {nodes|count} {nodes|plural:node,nodes}: their pods fit on the others',
  'karpenter.single-node': 'Karpenter consolidates a node: its pods fit on the others',
  'karpenter.replacement':
    'Karpenter orders a cheaper node in the place of {nodes|count} {nodes|plural:node,nodes}',
  'karpenter.replaced':
    'Karpenter drains {nodes|count} {nodes|plural:node,nodes}: the cheaper node is ready',
  'karpenter.kept':
    'Karpenter keeps {nodes|count} {nodes|plural:node,nodes}: the cheaper node did not come',
  'karpenter.not-registered': 'Karpenter gives up a node that did not register in {after|duration}',
};

const ZH: Texts = {
  'note.karpenter':
    'Karpenter（节点池 {pool}）：开始时 {min|count} 个节点，最多 {max|count} 个，规格 {types}；节点上的 Pod {after|duration} 无变化后按 {policy} 移除，受 {budgets|count} 条预算限制。',
  'note.karpenter-never':
    'Karpenter（节点池 {pool}）：开始时 {min|count} 个节点，最多 {max|count} 个，规格 {types}；不移除节点。',
  'note.serverless':
    '无服务器 Pod，各自就是一台按秒计费的机器：启动速率最多 {rate|rate}；每个都要拉取镜像。',
  'note.serverless-cached':
    '无服务器 Pod，各自就是一台按秒计费的机器：启动速率最多 {rate|rate}；镜像由服务商缓存。',
  'karpenter.claimed':
    'Karpenter：为 {pods|count} 个 Pod 申请一个节点，取 {offerings|count} 种可容纳规格中最便宜的',
  'karpenter.no-type':
    'Karpenter：{pods|count} 个 Pod 没有节点可用：其节点池在售的规格都不够大，或已达节点数上限',
  'karpenter.emptiness': 'Karpenter 移除 {nodes|count} 个没有 Pod 的节点（已过 consolidateAfter）',
  'karpenter.multi-node': 'Karpenter 合并 {nodes|count} 个节点：其 Pod 可放到其他节点',
  'karpenter.single-node': 'Karpenter 合并一个节点：其 Pod 可放到其他节点',
  'karpenter.replacement': 'Karpenter 申请一个更便宜的节点来替换 {nodes|count} 个节点',
  'karpenter.replaced': 'Karpenter 排空 {nodes|count} 个节点：更便宜的节点已就绪',
  'karpenter.kept': 'Karpenter 保留 {nodes|count} 个节点：更便宜的节点没有到来',
  'karpenter.not-registered': 'Karpenter 放弃一个 {after|duration} 内未注册的节点',
};

export const KARPENTER_MESSAGES = { en: EN, 'zh-CN': ZH } as const;
