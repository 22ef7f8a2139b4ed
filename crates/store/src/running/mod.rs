pub(crate) mod advisory_leases;
pub(crate) mod heartbeat;
pub(crate) mod installation;
pub(crate) mod leases;
