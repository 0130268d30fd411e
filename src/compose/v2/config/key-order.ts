/** In which order `docker compose config` writes keys: that of compose-go's structs (types/types.go). Others are sorted. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const TOP_LEVEL = words('name services networks volumes secrets configs models');

const SERVICE = words(`
  profiles annotations attach build develop blkio_config cap_add cap_drop cgroup_parent cgroup cpu_count cpu_percent
  cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpus cpuset cpu_shares command configs container_name
  credential_spec depends_on deploy device_cgroup_rules devices dns dns_opt dns_search dockerfile domainname entrypoint
  provider environment env_file expose extends external_links extra_hosts group_add gpus hostname healthcheck image init
  ipc isolation labels label_file links logging log_driver log_opt mem_limit mem_reservation memswap_limit mem_swappiness
  mac_address models net network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports privileged
  pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal
  storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volume_driver volumes volumes_from
  working_dir post_start pre_stop
`);
const MOUNTED_FILE = words('source target uid gid mode');
const FILE_OBJECT = words('name file environment content external labels driver driver_opts template_driver');

/** By place: `*` is any key, `[]` any position of a list. */
export const KEY_ORDERS: Readonly<Record<string, readonly string[]>> = {
  '': TOP_LEVEL,
  'services.*': SERVICE,
  'services.*.build': words(`
    context dockerfile dockerfile_inline entitlements args provenance sbom ssh labels cache_from cache_to no_cache
    additional_contexts pull extra_hosts isolation network target secrets shm_size tags ulimits platforms privileged
  `),
  'services.*.configs.[]': MOUNTED_FILE,
  'services.*.secrets.[]': MOUNTED_FILE,
  'services.*.depends_on.*': words('condition restart required'),
  'services.*.deploy': words(
    'mode replicas labels update_config rollback_config resources restart_policy placement endpoint_mode',
  ),
  'services.*.deploy.resources': words('limits reservations'),
  'services.*.deploy.restart_policy': words('condition delay max_attempts window'),
  'services.*.devices.[]': words('source target permissions'),
  'services.*.healthcheck': words('test timeout interval retries start_period start_interval disable'),
  'services.*.logging': words('driver options'),
  'services.*.networks.*': words(
    'aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority',
  ),
  'services.*.ports.[]': words('name mode host_ip target published protocol app_protocol'),
  'services.*.ulimits.*': words('single soft hard'),
  'services.*.volumes.[]': words('type source target read_only consistency bind volume tmpfs image'),
  'services.*.volumes.[].bind': words('selinux propagation create_host_path recursive'),
  'services.*.volumes.[].volume': words('labels nocopy subpath'),
  'networks.*': words('name driver driver_opts ipam external internal attachable labels enable_ipv4 enable_ipv6'),
  'networks.*.ipam': words('driver config'),
  'networks.*.ipam.config.[]': words('subnet gateway ip_range aux_addresses'),
  'volumes.*': words('name driver driver_opts external labels'),
  'configs.*': FILE_OBJECT,
  'secrets.*': FILE_OBJECT,
};
