console.log("part");
