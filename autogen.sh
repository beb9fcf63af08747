#!/bin/sh
exec autoreconf --install --force
