/**
 * Why nodes come and go, in English and Simplified Chinese, for the message catalogue; the notation
 * of placeholders is the catalogue's.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'nodes.scale-up':
    '{waiting|count} {waiting|plural:pod has,pods have} found no node, the oldest for {age|duration}: these nodes take {pods|count}.',
  'nodes.scale-up-chosen':
    '{waiting|count} {waiting|plural:pod has,pods have} found no node, the oldest for {age|duration}: these nodes take {pods|count} (chosen among the pools by {expander}).',
  'nodes.at-max':
    '{waiting|count} {waiting|plural:pod has,pods have} found no node, and no pool may grow any more.',
  'nodes.backed-off':
    '{waiting|count} {waiting|plural:pod has,pods have} found no node; the pools that may grow failed to and are left alone until {until|clock}.',
  'nodes.too-large':
    '{waiting|count} {waiting|plural:pod has,pods have} found no node, and would fit on no new one.',
  'nodes.not-joined': 'Given up: {after|duration} after it was ordered it has not joined.',
  'nodes.empty': 'Nothing runs on it; unneeded for {unneeded|duration}.',
  'nodes.drain':
    'Only {utilization|percent} of it is requested and its {pods|count} {pods|plural:pod fits,pods fit} elsewhere; unneeded for {unneeded|duration}.',
  'nodes.stock-out': 'The cloud has no {type} to give.',
  'nodes.quota': 'The account may run no more nodes.',
  'nodes.notice':
    'Spot capacity is taken back in {notice|duration}: {pods|count} {pods|plural:pod is,pods are} evicted.',
  'nodes.interrupted':
    'Spot capacity was taken back, with {pods|count} {pods|plural:pod,pods} on it.',
  'nodes.died': 'The node died, with {pods|count} {pods|plural:pod,pods} on it.',
  'nodes.replaced': 'The pool replaces the node that it lost.',
  'explain.nodes': 'Nodes',
  'explain.nodes.all': 'all pools',
  'finding.nodes-refused':
    '{strategy|strategy}: the cloud refuses {count|count} of {launched|count} nodes that are ordered, for lack of stock or quota; their pools are left alone for a while.',
  'finding.nodes-not-joined':
    '{strategy|strategy}: {count|count} of {launched|count} nodes that are ordered never join, are paid for all the same, and given up.',
  'finding.nodes-interrupted':
    '{strategy|strategy}: {count|count} spot {count|plural:node is,nodes are} taken back by the cloud.',
  'finding.nodes-died':
    '{strategy|strategy}: {count|count} {count|plural:node dies,nodes die} with their pods.',
  'note.node-pool':
    'Pool {pool}: {types}, from {min|count} to {max|count} nodes, {plan}{zone}, provisioner {provisioner}.',
  'note.spot-uninterrupted':
    'Nodes of billing spot are never interrupted here: nodes.spot says how often they would be.',
};

const ZH: Texts = {
  'nodes.scale-up':
    '{waiting|count} 个 Pod 找不到节点，最久的已等 {age|duration}：这些节点可容纳 {pods|count} 个。',
  'nodes.scale-up-chosen':
    '{waiting|count} 个 Pod 找不到节点，最久的已等 {age|duration}：这些节点可容纳 {pods|count} 个（由 {expander} 在各节点池中选定）。',
  'nodes.at-max': '{waiting|count} 个 Pod 找不到节点，而所有节点池都不能再扩。',
  'nodes.backed-off':
    '{waiting|count} 个 Pod 找不到节点；可扩的节点池刚扩容失败，{until|clock} 之前不再尝试。',
  'nodes.too-large': '{waiting|count} 个 Pod 找不到节点，新节点也放不下。',
  'nodes.not-joined': '放弃：下单 {after|duration} 后仍未加入集群。',
  'nodes.empty': '节点上没有 Pod，已闲置 {unneeded|duration}。',
  'nodes.drain':
    '申请量只占 {utilization|percent}，其 {pods|count} 个 Pod 可放到别处；已闲置 {unneeded|duration}。',
  'nodes.stock-out': '云厂商没有 {type} 的库存。',
  'nodes.quota': '账号配额不允许再增加节点。',
  'nodes.notice': '竞价实例将在 {notice|duration} 后被收回：驱逐 {pods|count} 个 Pod。',
  'nodes.interrupted': '竞价实例被收回，上面还有 {pods|count} 个 Pod。',
  'nodes.died': '节点宕机，上面有 {pods|count} 个 Pod。',
  'nodes.replaced': '节点池补回失去的节点。',
  'explain.nodes': '节点',
  'explain.nodes.all': '所有节点池',
  'finding.nodes-refused':
    '{strategy|strategy}：下单的 {launched|count} 台节点中有 {count|count} 台因库存或配额被云厂商拒绝；相应节点池随后暂停扩容一段时间。',
  'finding.nodes-not-joined':
    '{strategy|strategy}：下单的 {launched|count} 台节点中有 {count|count} 台始终未加入集群，照样计费，最后被放弃。',
  'finding.nodes-interrupted': '{strategy|strategy}：{count|count} 台竞价节点被云厂商收回。',
  'finding.nodes-died': '{strategy|strategy}：{count|count} 台节点连同其 Pod 一起宕机。',
  'note.node-pool':
    '节点池 {pool}：{types}，{min|count} 到 {max|count} 台，{plan}{zone}，由 {provisioner} 管理。',
  'note.spot-uninterrupted': '此处竞价节点不会被中断：中断频率由 nodes.spot 给出。',
};

export const NODE_MESSAGES = { en: EN, 'zh-CN': ZH } as const;
