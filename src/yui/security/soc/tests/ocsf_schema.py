"""What OCSF 1.8.0 asks of what we write: facts taken from the schema, and a check by them.

Source: github.com/ocsf/ocsf-schema, release 1.8.0 (events/, extensions/windows/, objects/).
"""

BASE = ("activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid")

CLASSES = {
    1001: ("file_activity", 1, ("actor", "device", "file"), range(15)),
    1002: ("kernel_extension_activity", 1, ("actor", "device", "driver"), range(3)),
    1005: ("module_activity", 1, ("actor", "device", "module"), range(4)),
    1006: ("scheduled_job_activity", 1, ("device", "job"), range(7)),
    1007: ("process_activity", 1, ("actor", "device", "process"), range(6)),
    1008: ("event_log_activity", 1, (), range(11)),
    1009: ("script_activity", 1, ("actor", "device", "script"), range(2)),
    201001: ("registry_key_activity", 1, ("actor", "device", "reg_key"), range(10)),
    201002: ("registry_value_activity", 1, ("actor", "device", "reg_value"), range(5)),
    201004: ("windows_service_activity", 1, ("actor", "device", "win_service"), range(8)),
    2004: ("detection_finding", 2, ("finding_info",), range(4)),
    2005: ("incident_finding", 2, ("finding_info_list", "status_id"), range(4)),
    3001: ("account_change", 3, ("user",), range(13)),
    3002: ("authentication", 3, ("user",), range(8)),
    3003: ("authorize_session", 3, ("user",), range(3)),
    3006: ("group_management", 3, ("group",), range(9)),
    4001: ("network_activity", 4, (), range(8)),
    4002: ("http_activity", 4, (), range(10)),
    4003: ("dns_activity", 4, (), (0, 1, 2, 6)),
    4004: ("dhcp_activity", 4, (), range(10)),
    4005: ("rdp_activity", 4, (), range(9)),
    4006: ("smb_activity", 4, (), range(7)),
    4007: ("ssh_activity", 4, (), range(8)),
    4008: ("ftp_activity", 4, (), range(7)),
    6003: ("api_activity", 6, ("actor", "api", "src_endpoint"), range(5)),
}
"""Class number: name, category, required attributes, activities (besides 99)."""

AT_LEAST_ONE = {
    2005: ("assignee", "assignee_group"),
    3002: ("service", "dst_endpoint"),
    **dict.fromkeys((4001, 4003, 4004, 4005, 4006, 4007, 4008), ("src_endpoint", "dst_endpoint")),
    4002: ("http_request", "http_response"),
}

_ENDPOINT = ("ip", "uid", "name", "hostname", "instance_uid", "interface_uid", "interface_name", "domain")
OBJECTS = {
    "actor": ((), ("process", "user", "invoked_by", "session", "app_name", "app_uid")),
    "process": ((), ("pid", "uid", "cpid")),
    "user": ((), ("account", "name", "uid")),
    "device": (("type_id",), _ENDPOINT[:-1]),
    "src_endpoint": ((), _ENDPOINT),
    "dst_endpoint": ((), _ENDPOINT),
    "file": (("name", "type_id"), ("name", "uid")),
    "driver": (("file",), ()),
    "module": ((), ("load_type_id", "function_name")),
    "job": (("name",), ()),
    "group": ((), ("name", "uid")),
    "reg_key": (("path",), ()),
    "reg_value": (("name", "path"), ()),
    "win_service": (
        ("name",),
        ("cmd_line", "service_start_name", "service_type_id", "service_start_type_id"),
    ),
    "script": (("script_content", "type_id"), ()),
    "query": (("hostname",), ()),
    "api": (("operation",), ()),
    "service": ((), ("name", "uid")),
    "http_response": (("code",), ()),
    "finding_info": (("uid",), ()),
    "analytic": (("type_id",), ()),
    "metadata": (("product", "version"), ()),
    "product": ((), ("name", "uid")),
    "cloud": (("provider",), ()),
    "url": ((), ("url_string", "path")),
}
"""Object: required attributes, and those of which at least one must be there."""

_NUMBERS = frozenset(("pid", "port", "type_id", "code", "logon_type_id", "status_id", "severity_id"))


def faults(event):
    """What in ``event`` is not as the schema says."""
    known = CLASSES.get(event.get("class_uid"))
    if known is None:
        return [f"class {event.get('class_uid')}"]
    name, category, required, activities = known
    found = [f"{name}: no {one}" for one in (*BASE, *required) if one not in event]
    if event["category_uid"] != category:
        found.append(f"{name}: category {event['category_uid']}")
    if event["activity_id"] not in activities and event["activity_id"] != 99:
        found.append(f"{name}: activity {event['activity_id']}")
    if event["type_uid"] != event["class_uid"] * 100 + event["activity_id"]:
        found.append(f"{name}: type {event['type_uid']}")
    if not isinstance(event["time"], int) or event["severity_id"] not in range(7):
        found.append(f"{name}: time or severity")
    one_of = AT_LEAST_ONE.get(event["class_uid"], ())
    if one_of and not any(one in event for one in one_of):
        found.append(f"{name}: none of {one_of}")
    return found + _object_faults(name, event)


def _object_faults(path, node):
    found = []
    for name, value in node.items():
        at = f"{path}.{name}"
        if value is None or value == {}:
            found.append(f"{at} is empty")
        if name in _NUMBERS and not isinstance(value, int):
            found.append(f"{at} is {value!r}")
        if isinstance(value, dict):
            required, one_of = OBJECTS.get(name, ((), ()))
            found += [f"{at}: no {one}" for one in required if one not in value]
            if one_of and not any(one in value for one in one_of):
                found.append(f"{at}: none of {one_of}")
            found += _object_faults(at, value)
        if name == "hashes":
            found += [f"{at}: {one}" for one in value if not {"algorithm_id", "value"} <= one.keys()]
        if name == "observables":
            found += [f"{at}: {one}" for one in value if "type_id" not in one]
    return found
