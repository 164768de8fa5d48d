#!/usr/bin/env bash
# The small quick start on YARN with files on HDFS, both of one machine and one process (Hadoop's own clusters for tests), in client
# and in cluster mode: it comes to the weights of local mode; a plain --output is refused. Takes some minutes and 1 GB.
# SPARKS names a folder of Spark installations, by version; what it lacks is fetched by pip. Exit 0: right, 1: wrong, 77: cannot be
# tried here.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
"$here/submit/espalier" --version >/dev/null || exit 77
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-yarn.XXXXXX") || exit 77
hadoop_process=
trap '[ -z "$hadoop_process" ] || kill "$hadoop_process"; rm -rf "$work"' EXIT
export ESPALIER_LOG=$work/log
# Containers do not get them, and they choose how oneDNN and OpenBLAS round.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE DNNL_MAX_CPU_ISA

version=$(sed -n 's/.*<spark.version>\(.*\)<.*/\1/p' "$here/pom.xml")
spark=${SPARKS:-$work}/$version/pyspark
[ -x "$spark/bin/spark-submit" ] ||
  python3 -m pip install -q --no-deps --no-cache-dir --no-compile --target "${spark%/pyspark}" "pyspark==$version" >"$work/out" 2>&1 ||
  { tail -n 1 "$work/out"; exit 77; }
hadoop=$(cd "$spark/jars" && ls hadoop-client-api-*.jar | sed 's/.*api-\(.*\)\.jar/\1/')

cat >"$work/pom.xml" <<XML
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>
<dependency><groupId>org.apache.hadoop</groupId><artifactId>hadoop-client-minicluster</artifactId><version>$hadoop</version></dependency>
<dependency><groupId>org.bouncycastle</groupId><artifactId>bcpkix-jdk18on</artifactId><version>1.82</version></dependency>
<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter-api</artifactId><version>5.14.1</version></dependency>
</dependencies></project>
XML
mvn -B -q -f "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/jars" \
  -DincludeArtifactIds=hadoop-client-minicluster,bcpkix-jdk18on,bcprov-jdk18on,bcutil-jdk18on,junit-jupiter-api,junit-platform-commons,opentest4j \
  >"$work/out" 2>&1 || { tail -n 3 "$work/out"; exit 77; }

mkdir "$work/conf"
cat >"$work/Hadoop.java" <<'JAVA'
import java.io.File;
import java.io.FileOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

class Hadoop {
  public static void main(String[] folders) throws Exception {
    System.setProperty("test.build.data", folders[0]);
    Configuration wanted = new Configuration();
    MiniDFSCluster files =
        new MiniDFSCluster.Builder(wanted, new File(folders[0], "hdfs")).numDataNodes(1).build();
    wanted.set("fs.defaultFS", files.getURI().toString());
    wanted.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", "10240");
    wanted.set("yarn.nodemanager.resource.cpu-vcores", "8");
    wanted.set("yarn.scheduler.minimum-allocation-mb", "128");
    wanted.set("yarn.scheduler.capacity.root.queues", "default");
    wanted.set("yarn.scheduler.capacity.root.default.capacity", "100");
    wanted.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1");
    wanted.set("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    wanted.set("yarn.nodemanager.pmem-check-enabled", "true");
    wanted.set("yarn.nodemanager.vmem-check-enabled", "false");
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    cluster.init(wanted);
    cluster.start();
    cluster.waitForNodeManagersToConnect(60000);
    Configuration client = new Configuration(cluster.getConfig());
    client.unset("net.topology.node.switch.mapping.impl"); // a class of these clusters alone
    for (String name : new String[] {"core-site.xml", "yarn-site.xml"}) {
      try (FileOutputStream out = new FileOutputStream(new File(folders[1], name))) {
        client.writeXml(out);
      }
    }
    System.out.println("running, with files at " + files.getURI());
  }
}
JAVA
java -Xmx512m -cp "$work/jars/*:$spark/jars/*" "$work/Hadoop.java" "$work/hadoop" "$work/conf" >"$work/hadoop.out" 2>&1 &
hadoop_process=$!
until files=$(sed -n 's/^running, with files at //p' "$work/hadoop.out") && [ -n "$files" ]; do
  kill -0 $hadoop_process 2>/dev/null || { tail -n 5 "$work/hadoop.out"; hadoop_process=; exit 77; }
  sleep 1
done

wrong=0
run() { # CODE NAME ARGUMENTS...
  local expected=$1 name=$2 code
  shift 2
  SPARK_HOME=$spark HADOOP_CONF_DIR=$work/conf timeout 900 "$here/submit/espalier" search \
    --config "$here/conf/quickstart-small.yaml" "$@" >"$work/out" 2>&1
  code=$?
  if [ $code -ne "$expected" ]; then
    echo "WRONG: $name: exit $code, not $expected: $(tail -n 3 "$work/out")"
    wrong=1
    return 1
  fi
}
weights() { sed -n 's/.*"weights" : "\(.*\)".*/\1/p'; } # of result.json: those of every final training
cat_file() { # URI
  HADOOP_CONF_DIR=$work/conf java -cp "$spark/jars/*:$work/conf" org.apache.hadoop.fs.FsShell -cat "$1" 2>/dev/null
}
compare() { # NAME URI
  local there
  there=$(cat_file "$2/result.json" | weights)
  if [ -n "$there" ] && [ "$there" = "$expected_weights" ]; then
    echo "right: $1: the weights of local mode"
  else
    echo "WRONG: $1: other weights than in local mode, or none"
    wrong=1
  fi
}
run 0 'local mode' --master 'local[2]' --output "file:$work/local" || exit 1
expected_weights=$(weights <"$work/local/result.json")
run 2 'a plain folder' --master yarn --output "file:$work/plain" && grep -qF sharedFileSystem "$work/out" && echo 'right: a plain folder is refused'
for mode in client cluster; do
  run 0 "$mode mode" --master yarn --deploy-mode $mode --executor-memory 2g --output "$files/runs/$mode" &&
    compare "$mode mode" "$files/runs/$mode"
done
exit $wrong
