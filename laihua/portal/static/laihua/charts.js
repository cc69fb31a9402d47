/* Draws what `c-chart` carries as data, and folds its table away. Without this script the table stands open. */
(() => {
  "use strict";
  const COLOURS = ["#0F5C8C", "#2F8F83", "#B9780F", "#6F62A8", "#B5583F", "#6B7A89"];
  const INK = "#465462", LINE = "#DCE2E8", AXIS = "#7B8998";
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: INK };

  const option = (data) => {
    const names = { type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: AXIS } },
      axisLabel: { ...font, hideOverlap: true }, inverse: data.lying };
    const values = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: LINE } }, axisLabel: font };
    const shown = data.series.filter((one) => one.values.some(Boolean));
    return {
      animation: false, color: COLOURS, textStyle: font,
      aria: { enabled: true, label: { description: data.spoken } },
      legend: { show: data.series.length > 1, left: 0, top: 0, itemWidth: 10, itemHeight: 10, icon: "roundRect", textStyle: font, selectedMode: false },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true, textStyle: { ...font, color: "#17222D" } },
      grid: { left: 4, right: 16, top: data.series.length > 2 ? 64 : data.series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
      xAxis: data.lying ? values : names, yAxis: data.lying ? names : values,
      series: data.series.map((one) => ({
        type: "bar", stack: "all", name: one.name, data: one.values, barMaxWidth: 28,
        itemStyle: { borderColor: "#fff", borderWidth: shown.length > 1 ? 1 : 0 },
      })),
    };
  };

  document.querySelectorAll("[data-lh-chart]").forEach((box) => {
    const source = document.getElementById(box.dataset.lhChart), place = box.querySelector(".lh-chart-drawn");
    if (!window.echarts || !source || !place) return;
    place.hidden = false;
    const chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option(JSON.parse(source.textContent)));
    place.setAttribute("role", "img");
    new ResizeObserver(() => chart.resize()).observe(place);
    box.querySelector("details").open = false;
  });
})();
