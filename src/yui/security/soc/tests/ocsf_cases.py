"""Records of every source, the flat columns and the attributes that their OCSF events must have."""

from yui.security.soc.engine.records import LogSource

WINDOWS = LogSource("windows")
SYSMON = "Microsoft-Windows-Sysmon/Operational"

CASES = [
    (
        {
            "Channel": "security",
            "EventID": 4625,
            "Computer": "dc",
            "TargetUserName": "root",
            "IpAddress": "192.0.2.1",
            "IpPort": "49152",
        },
        WINDOWS,
        {
            "class_uid": 3002,
            "activity_id": 1,
            "user": "root",
            "src_ip": "192.0.2.1",
            "src_port": 49152,
            "host": "dc",
        },
        {"status_id": 2},
    ),
    (
        {
            "Channel": SYSMON,
            "EventID": 3,
            "SourceIp": "10.0.0.1",
            "SourcePort": 1,
            "DestinationIp": "192.0.2.1",
            "DestinationPort": "443",
            "DestinationHostname": "c2.example",
            "Image": "a.exe",
        },
        WINDOWS,
        {"class_uid": 4001, "src_port": 1, "dst_port": 443, "domain": "c2.example", "process": "a.exe"},
        {},
    ),
    (
        {"Channel": SYSMON, "EventID": 12, "EventType": "DeleteKey", "TargetObject": "HKLM\\X"},
        WINDOWS,
        {"class_uid": 201001, "activity_id": 4},
        {},
    ),
    (
        {"Channel": SYSMON, "EventID": 10, "SourceImage": "a.exe", "TargetImage": "lsass.exe"},
        WINDOWS,
        {"class_uid": 1007, "activity_id": 3, "process": "lsass.exe", "parent_process": "a.exe"},
        {},
    ),
    (
        {"Channel": SYSMON, "EventID": 22, "QueryName": "a.example", "QueryResults": "192.0.2.1;192.0.2.2;"},
        WINDOWS,
        {"class_uid": 4003, "domain": "a.example"},
        {"answers": [{"rdata": "192.0.2.1"}, {"rdata": "192.0.2.2"}]},
    ),
    (
        {"Channel": SYSMON, "EventID": 17, "PipeName": "\\x"},
        WINDOWS,
        {"class_uid": 1001, "file": "\\x"},
        {},
    ),
    (
        {"Channel": "Security", "EventID": 4663, "ObjectType": "File", "ObjectName": "C:\\a"},
        WINDOWS,
        {"class_uid": 1001, "file": "C:\\a"},
        {},
    ),
    (
        {"Channel": "Security", "EventID": 4663, "ObjectType": "Key", "ObjectName": "\\REGISTRY\\X"},
        WINDOWS,
        {"class_uid": 201001},
        {},
    ),
    (
        {"Channel": "Security", "EventID": 4663, "ObjectType": "SC_MANAGER OBJECT"},
        WINDOWS,
        {},
        None,
    ),
    (
        {
            "Channel": "Security",
            "EventID": 4672,
            "SubjectUserName": "x",
            "PrivilegeList": "SeDebugPrivilege\n\t\tSeTcbPrivilege",
        },
        WINDOWS,
        {"class_uid": 3003},
        {"privileges": ["SeDebugPrivilege", "SeTcbPrivilege"]},
    ),
    (
        {"Channel": "System", "EventID": 7036, "param1": "Spooler", "param2": "停止"},
        WINDOWS,
        {"class_uid": 201004, "activity_id": 4},
        {},
    ),
    ({"Channel": "System", "EventID": 99999, "Computer": "c"}, LogSource("windows"), {"host": "c"}, None),
    (
        {"EventID": 1, "Image": "a.exe", "Computer": "c"},
        LogSource("windows", "process_creation"),
        {"class_uid": 1007, "process": "a.exe"},
        {},
    ),
    (
        {
            "id.orig_h": "10.0.0.1",
            "id.orig_p": 5,
            "id.resp_h": "192.0.2.1",
            "id.resp_p": 53,
            "query": "a.example",
        },
        LogSource("zeek", "", "dns"),
        {"class_uid": 4003, "src_port": 5, "dst_port": 53, "domain": "a.example"},
        {},
    ),
    (
        {"method": "POST", "host": "a.example", "uri": "/x", "status_code": 200, "id.orig_h": "10.0.0.1"},
        LogSource("zeek", "", "http"),
        {"class_uid": 4002, "activity_id": 6, "url": "/x", "domain": "a.example"},
        {"http_response": {"code": 200}},
    ),
    (
        {
            "src_ip": "10.0.0.1",
            "dest_ip": "192.0.2.1",
            "alert.signature": "S",
            "alert.severity": 1,
            "flow_id": 7,
        },
        LogSource("suricata", "", "alert"),
        {"class_uid": 2004, "severity_id": 4, "dst_ip": "192.0.2.1"},
        {},
    ),
    (
        {
            "eventName": "DeleteTrail",
            "eventSource": "cloudtrail.amazonaws.com",
            "userIdentity.userName": "u",
            "sourceIPAddress": "192.0.2.1",
        },
        LogSource("aws", "", "cloudtrail"),
        {"class_uid": 6003, "activity_id": 4, "user": "u", "src_ip": "192.0.2.1"},
        {},
    ),
    (
        {
            "eventName": "ConsoleLogin",
            "userIdentity.userName": "u",
            "responseElements.ConsoleLogin": "Failure",
        },
        LogSource("aws", "", "cloudtrail"),
        {"class_uid": 3002},
        {"status_id": 2},
    ),
    (
        {"operationName": "Sign-in", "callerIpAddress": "192.0.2.1"},
        LogSource("azure", "", "signinlogs"),
        {"class_uid": 3002, "src_ip": "192.0.2.1"},
        {},
    ),
    (
        {"type": "SYSCALL", "syscall": "59", "exe": "/bin/sh", "pid": "5", "ppid": "4"},
        LogSource("linux", "", "auditd"),
        {"class_uid": 1007, "process": "/bin/sh"},
        {},
    ),
    (
        {"type": "SYSCALL", "syscall": "2", "exe": "/bin/sh"},
        LogSource("linux", "", "auditd"),
        {"process": "/bin/sh"},
        None,
    ),
    (
        {"Channel": "Linux-Sysmon/Operational", "EventID": 1, "Image": "/bin/sh", "ProcessId": 1},
        LogSource("linux"),
        {"class_uid": 1007},
        {},
    ),
    (
        {
            "DeviceVendor": "V",
            "DeviceProduct": "P",
            "src": "10.0.0.1",
            "dst": "192.0.2.1",
            "dpt": "443",
            "act": "deny",
        },
        LogSource("v"),
        {"class_uid": 4001, "activity_id": 5, "dst_port": 443},
        {},
    ),
    (
        {"cs-method": "GET", "cs-uri": "/a?b", "sc-status": 404, "c-ip": "192.0.2.1"},
        LogSource("", "webserver"),
        {"class_uid": 4002, "activity_id": 3, "url": "/a?b"},
        {},
    ),
    ({"message": "plain"}, LogSource(), {}, None),
]
