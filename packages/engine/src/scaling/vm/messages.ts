/** Decisions of VM groups in words, for the message catalogue. */
type Texts = Readonly<Record<string, string>>;

const en: Texts = {
  'vm.no-data': 'No period of the metric has been published: stays at {desired|count}.',
  'vm.steady': 'No alarm: stays at {to|count}.',
  'vm.scaled-out':
    '{metric} above its threshold for {points|count} periods in a row: asks for {proposal|count} VMs, scaled out to {to|count}.',
  'vm.waiting':
    '{metric} above its threshold: asks for {proposal|count} VMs; {to|count} are wanted already.',
  'vm.at-max':
    '{metric} above its threshold: asks for {proposal|count} VMs, but the group is at its max of {to|count}.',
  'vm.scaled-in':
    '{metric} low for {points|count} periods in a row: asks for {proposal|count} VMs, scaled in to {to|count}.',
  'vm.waiting-in':
    '{metric} low: asks for {proposal|count} VMs; as many are on their way out already: stays at {to|count}.',
  'vm.needed': '{metric} low, but a VM fewer would be one too few: stays at {to|count}.',
  'vm.at-min':
    '{metric} low: asks for {proposal|count} VMs, but the group is at its min: stays at {to|count}.',
  'vm.scale-out-in-progress':
    '{metric} low: asks for {proposal|count} VMs, but VMs are still warming up, which holds a scale-in: stays at {to|count}.',
  'vm.cooldown':
    'The alarm asks for {proposal|count} VMs; the last activity or its cooldown of {cooldown|duration} holds the group at {to|count}.',
  'vm.scheduled': 'No policy: stays at {desired|count}.',
  'vm.action':
    'Scheduled action: min {min|count}, max {max|count}, desired capacity {to|count} VMs.',
  'vm.failed-quota':
    'A launch failed: the account’s quota is used up; again after {retry|duration}.',
  'vm.failed-timeout':
    'A launch failed: the control plane did not get to it in time; again after {retry|duration}.',
  'vm.failed-no-host': 'A launch failed: no host has room; again after {retry|duration}.',
  'vm.initial': 'VMs at the start: {vms|count}.',
  'explain.asked.vms': 'VMs: {proposal}',
  'explain.evaluations': '{count|count} {count|plural:evaluation,evaluations}',
  'explain.short.vm.steady': 'no alarm',
  'explain.short.vm.waiting': 'as many are wanted already',
  'explain.short.vm.waiting-in': 'as many are on their way out',
  'explain.short.vm.needed': 'a VM fewer would be too few',
  'explain.short.vm.at-max': 'at max of the group',
  'explain.short.vm.at-min': 'at min of the group',
  'explain.short.vm.scale-out-in-progress': 'VMs are still warming up',
  'explain.short.vm.cooldown': 'the last activity or its cooldown is not over',
  'explain.limit.group-min': 'min of the group keeps {to}',
  'explain.limit.group-max': 'max of the group stops at {to}',
  'finding.vm-launches':
    '{strategy|strategy} launches {launched|count} {launched|plural:VM,VMs}; the slowest runs {longest|duration} after the call.',
  'finding.vm-pool':
    '{strategy|strategy} takes {resumed|count} {resumed|plural:VM,VMs} from its warm pool and launches {launched|count}; the slowest runs {longest|duration} after the call.',
  'finding.vm-failures':
    '{strategy|strategy}: {failed|count} calls for a VM fail and are made again (quota {quota|count}, timed out {timeout|count}, no host {noHost|count}).',
  'note.vm-pool-disks':
    'The disks of the {size|count} {size|plural:VM,VMs} in each warm pool cost something even while they are stopped; the price book has no price for them, so they are not in the result.',
  'note.vm-zero':
    'A group may shrink to no VM, where its metric has no value: from then on no alarm brings a VM back, only a scheduled action.',
  'note.vm-shared': '{processes|count} processes share {count|count} {count|plural:VM,VMs} {type}.',
  'note.vm-group':
    '{service}: a group of {min|count} to {max|count} VMs {type}, {slots|count} slots each.',
};

const zhCN: Texts = {
  'vm.no-data': '该指标尚未发布任何周期的数据：保持 {desired|count} 台。',
  'vm.steady': '没有告警：保持 {to|count} 台。',
  'vm.scaled-out':
    '{metric} 连续 {points|count} 个周期高于阈值：需要 {proposal|count} 台虚拟机，扩容到 {to|count} 台。',
  'vm.waiting': '{metric} 高于阈值：需要 {proposal|count} 台虚拟机；期望数已是 {to|count} 台。',
  'vm.at-max': '{metric} 高于阈值：需要 {proposal|count} 台虚拟机，但组已达到上限 {to|count} 台。',
  'vm.scaled-in':
    '{metric} 连续 {points|count} 个周期偏低：需要 {proposal|count} 台虚拟机，缩容到 {to|count} 台。',
  'vm.waiting-in':
    '{metric} 偏低：需要 {proposal|count} 台虚拟机；相应数量已在退出：保持 {to|count} 台。',
  'vm.needed': '{metric} 偏低，但再减一台就不够：保持 {to|count} 台。',
  'vm.at-min':
    '{metric} 偏低：需要 {proposal|count} 台虚拟机，但组已达到下限：保持 {to|count} 台。',
  'vm.scale-out-in-progress':
    '{metric} 偏低：需要 {proposal|count} 台虚拟机，但仍有虚拟机在预热，暂不缩容：保持 {to|count} 台。',
  'vm.cooldown':
    '告警需要 {proposal|count} 台虚拟机；上一次活动或其 {cooldown|duration}冷却时间使组保持 {to|count} 台。',
  'vm.scheduled': '没有伸缩策略：保持 {desired|count} 台。',
  'vm.action': '计划动作：下限 {min|count}，上限 {max|count}，期望 {to|count} 台虚拟机。',
  'vm.failed-quota': '一次启动失败：账户配额已用完；{retry|duration}后重试。',
  'vm.failed-timeout': '一次启动失败：控制面未能及时处理；{retry|duration}后重试。',
  'vm.failed-no-host': '一次启动失败：没有主机有空位；{retry|duration}后重试。',
  'vm.initial': '初始虚拟机数：{vms|count} 台。',
  'explain.asked.vms': '{proposal} 台虚拟机',
  'explain.evaluations': '{count|count} 次评估',
  'explain.short.vm.steady': '没有告警',
  'explain.short.vm.waiting': '期望数已足够',
  'explain.short.vm.waiting-in': '相应数量已在退出',
  'explain.short.vm.needed': '再减一台就不够',
  'explain.short.vm.at-max': '已达组的上限',
  'explain.short.vm.at-min': '已是组的下限',
  'explain.short.vm.scale-out-in-progress': '仍有虚拟机在预热',
  'explain.short.vm.cooldown': '上一次活动或其冷却时间尚未结束',
  'explain.limit.group-min': '伸缩组的下限保留 {to} 台',
  'explain.limit.group-max': '伸缩组的上限为 {to} 台',
  'finding.vm-launches':
    '{strategy|strategy}启动了 {launched|count} 台虚拟机；最慢的一台在请求后 {longest|duration}才运行。',
  'finding.vm-pool':
    '{strategy|strategy}从预热池取用 {resumed|count} 台虚拟机，另启动 {launched|count} 台；最慢的一台在请求后 {longest|duration}才运行。',
  'finding.vm-failures':
    '{strategy|strategy}：{failed|count} 次虚拟机请求失败并重试（配额 {quota|count}，超时 {timeout|count}，无主机 {noHost|count}）。',
  'note.vm-pool-disks':
    '每个预热池中 {size|count} 台停止的虚拟机仍有磁盘费用；价格表没有这项价格，因此未计入结果。',
  'note.vm-zero':
    '伸缩组可能缩到 0 台虚拟机，此时指标没有数值：之后告警不会再扩容，只有计划动作可以。',
  'note.vm-shared': '{processes|count} 个进程共用 {count|count} 台 {type} 虚拟机。',
  'note.vm-group':
    '{service}：{min|count} 到 {max|count} 台 {type} 虚拟机的伸缩组，每台 {slots|count} 个槽位。',
};

export const VM_MESSAGES: Readonly<Record<'en' | 'zh-CN', Texts>> = { en, 'zh-CN': zhCN };
