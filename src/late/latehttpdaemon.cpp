// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// libmicrohttpd's functions, as far as Tocsin calls them.
#include "latelibrary.h"

#include <microhttpd.h>

#define LATE(result, name, parameters, arguments)                                                                      \
    TOCSIN_LATE_FUNCTION(Tocsin::httpDaemon(), result, name, parameters, arguments)

LATE(MHD_Result, MHD_add_response_header, (MHD_Response * response, const char *name, const char *value),
     (response, name, value))
LATE(MHD_Response *, MHD_create_response_from_buffer, (size_t size, void *buffer, MHD_ResponseMemoryMode mode),
     (size, buffer, mode))
LATE(void, MHD_destroy_response, (MHD_Response * response), (response))
LATE(const MHD_ConnectionInfo *, MHD_get_connection_info,
     (MHD_Connection * connection, MHD_ConnectionInfoType type, ...), (connection, type))
LATE(int, MHD_get_connection_values_n,
     (MHD_Connection * connection, MHD_ValueKind kind, MHD_KeyValueIteratorN iterator, void *owner),
     (connection, kind, iterator, owner))
LATE(const MHD_DaemonInfo *, MHD_get_daemon_info, (MHD_Daemon * daemon, MHD_DaemonInfoType type, ...), (daemon, type))
LATE(const char *, MHD_lookup_connection_value, (MHD_Connection * connection, MHD_ValueKind kind, const char *name),
     (connection, kind, name))
LATE(MHD_Result, MHD_queue_response, (MHD_Connection * connection, unsigned status, MHD_Response *response),
     (connection, status, response))
LATE(MHD_socket, MHD_quiesce_daemon, (MHD_Daemon * daemon), (daemon))
LATE(void, MHD_resume_connection, (MHD_Connection * connection), (connection))
LATE(void, MHD_stop_daemon, (MHD_Daemon * daemon), (daemon))
LATE(void, MHD_suspend_connection, (MHD_Connection * connection), (connection))
LATE(MHD_Daemon *, MHD_start_daemon_va,
     (unsigned flags, uint16_t port, MHD_AcceptPolicyCallback accept, void *acceptOwner,
      MHD_AccessHandlerCallback handle, void *handleOwner, va_list options),
     (flags, port, accept, acceptOwner, handle, handleOwner, options))

extern "C" __attribute__((visibility("hidden"))) MHD_Daemon *MHD_start_daemon(unsigned flags, uint16_t port,
                                                                              MHD_AcceptPolicyCallback accept,
                                                                              void *acceptOwner,
                                                                              MHD_AccessHandlerCallback handle,
                                                                              void *handleOwner, ...)
{
    va_list options;
    va_start(options, handleOwner);
    auto *daemon = MHD_start_daemon_va(flags, port, accept, acceptOwner, handle, handleOwner, options);
    va_end(options);
    return daemon;
}
