# Two stages: what installs does not ship. The image holds no secret and needs no network to run.
#   docker run --read-only --tmpfs /tmp -v bursar:/data -p 8080:8080 bursar
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
# uv comes out of the lock too, hash and all. What only developers need stays out: uv says which
# packages running takes, and those are cut out of the lock, so that every hash is the lock's.
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > /tmp/tools.lock \
    && sed -n '/^setuptools==/,/[^\\]$/p' requirements.lock >> /tmp/tools.lock \
    && python -m venv /tmp/tools \
    && /tmp/tools/bin/pip install --quiet --require-hashes -r /tmp/tools.lock \
    && sed -e '/^ *--hash/d' -e 's/ \\$//' requirements.lock > /tmp/pins.txt \
    && /tmp/tools/bin/uv pip compile --quiet --no-header --no-annotate --constraint /tmp/pins.txt \
        --extra postgres --extra speed --extra charts --output-file /tmp/names.txt pyproject.toml \
    && awk -F '==' 'NR == FNR { want[$1]; next } /^[^ ]/ { keep = $1 in want } keep' \
        /tmp/names.txt requirements.lock > /tmp/run.lock \
    && python -m venv --without-pip /opt/bursar \
    && VIRTUAL_ENV=/opt/bursar /tmp/tools/bin/uv pip sync --quiet --compile-bytecode \
        --require-hashes /tmp/run.lock
COPY bot ./bot
COPY adapters ./adapters
COPY intents ./intents
COPY storage ./storage
COPY scheduler ./scheduler
RUN VIRTUAL_ENV=/tmp/tools /tmp/tools/bin/uv build --quiet --wheel --no-build-isolation \
        --python /tmp/tools/bin/python --out-dir /tmp/wheels \
    && VIRTUAL_ENV=/opt/bursar /tmp/tools/bin/uv pip install --quiet --no-deps \
        --compile-bytecode /tmp/wheels/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin bursar \
    && install --directory --owner bursar --group bursar --mode 700 /data
COPY --from=build /opt/bursar /opt/bursar
ENV PATH=/opt/bursar/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BURSAR_DATABASE__URL=sqlite:////data/bursar.db \
    BURSAR_AUDIT__ANCHOR_FILE=/data/audit-anchor.jsonl \
    BURSAR_SERVER__HOST=0.0.0.0 \
    MPLCONFIGDIR=/tmp/matplotlib
USER bursar
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http:' + '//127.0.0.1:' + os.environ.get('BURSAR_SERVER__PORT', '8080') + '/health/live', timeout=2)"]
ENTRYPOINT ["bursar"]
CMD ["serve"]
