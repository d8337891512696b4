#!/bin/bash
# Checks whether Keycloak is ready. The image has no curl, but bash can open TCP connections.
# Uses plain HTTP on the management port: if the server uses TLS, set KC_HTTP_MANAGEMENT_SCHEME=http.
set -eu
path=${KC_HTTP_MANAGEMENT_RELATIVE_PATH:-${KC_HTTP_RELATIVE_PATH:-}}
exec 3<> "/dev/tcp/127.0.0.1/${KC_HTTP_MANAGEMENT_PORT:-9000}"
printf 'GET %s/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' "${path%/}" >&3
read -r -t 4 status <&3
case $status in
    HTTP/*' 200 '*) exit 0 ;;
    *) echo "$status" >&2; exit 1 ;;
esac
